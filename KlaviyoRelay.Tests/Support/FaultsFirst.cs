using Xunit.Sdk;
using Xunit.v3;

// Two more at once than a small machine has cores: two classes of fault rows mostly wait.
[assembly: Parallelization(MaxThreads = 4)]
[assembly: TestCollectionOrderer(typeof(KlaviyoRelay.Tests.Support.FaultsFirst))]

namespace KlaviyoRelay.Tests.Support;

/// <summary>The fault rows take longest and wait for most of their time, so they begin first.</summary>
public sealed class FaultsFirst : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => collection.TestCollectionDisplayName.Contains(".Faults.", StringComparison.Ordinal) ? 0 : 1)];
}
