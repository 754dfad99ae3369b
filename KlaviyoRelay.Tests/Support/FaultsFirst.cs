using Xunit.Sdk;
using Xunit.v3;

// One more at once than a small machine has cores: the fault rows leave theirs idle.
[assembly: Parallelization(MaxThreads = 3)]
[assembly: TestCollectionOrderer(typeof(KlaviyoRelay.Tests.Support.FaultsFirst))]

namespace KlaviyoRelay.Tests.Support;

/// <summary>The fault rows take longest and wait for most of their time, so they begin first.</summary>
public sealed class FaultsFirst : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => collection.TestCollectionDisplayName.Contains(".Faults.", StringComparison.Ordinal) ? 0 : 1)];
}
