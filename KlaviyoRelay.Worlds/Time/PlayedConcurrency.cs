using KlaviyoRelay.Core.Clocks;

namespace KlaviyoRelay.Worlds.Time;

/// <summary>Several things at once on the world's one thread: each goes on until it waits for something.</summary>
internal sealed class PlayedConcurrency : Concurrency
{
    public override async Task ForEachAsync<T>(IReadOnlyList<T> items, int atMost, Func<T, CancellationToken, Task> action, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var each = items.GetEnumerator();
        var workers = new List<Task>();
        while (workers.Count < atMost && !stop.IsCancellationRequested && each.MoveNext())
        {
            workers.Add(WorkAsync(each.Current));
        }

        await Task.WhenAll(workers);
        cancellationToken.ThrowIfCancellationRequested();

        async Task WorkAsync(T first)
        {
            try
            {
                await action(first, stop.Token);
                while (!stop.IsCancellationRequested && each.MoveNext())
                {
                    await action(each.Current, stop.Token);
                }
            }
            catch
            {
                stop.Cancel();
                throw;
            }
        }
    }

    public override Task<T> StartAsync<T>(Func<Task<T>> work) => work();
}
