using System.Diagnostics.CodeAnalysis;

namespace KlaviyoRelay.Core.Clocks;

/// <summary>How the relay does several things at once: the only place that starts them. A host that plays time puts one of its own in its place.</summary>
[SuppressMessage("ApiDesign", "RS0030", Justification = "This is the seam.")]
public class Concurrency
{
    /// <summary>Does something with each item, with some at once; what fails first ends it.</summary>
    /// <param name="atMost">How many at once.</param>
    /// <param name="action">What is done with one.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public virtual Task ForEachAsync<T>(IReadOnlyList<T> items, int atMost, Func<T, CancellationToken, Task> action, CancellationToken cancellationToken) =>
        Parallel.ForAsync(0, items.Count, new ParallelOptions { MaxDegreeOfParallelism = atMost, CancellationToken = cancellationToken }, (index, token) => new ValueTask(action(items[index], token)));

    /// <summary>Begins something that does not hold its caller up.</summary>
    public virtual Task<T> StartAsync<T>(Func<Task<T>> work) => Task.Run(work);
}
