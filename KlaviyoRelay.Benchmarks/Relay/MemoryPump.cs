namespace KlaviyoRelay.Benchmarks.Relay;

/// <summary>Hands a memory queue's batches to the relay, one at a time per session.</summary>
internal sealed class MemoryPump(MemoryQueue queue, Func<string[], CancellationToken, Task> relay, int maxBatchSize)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            StartBatches(cancellationToken);
            await queue.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Returns when nothing waits any more.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        while (!queue.IsEmpty)
        {
            StartBatches(cancellationToken);
            await queue.WaitAsync(cancellationToken);
        }
    }

    private void StartBatches(CancellationToken cancellationToken)
    {
        foreach (var (session, bodies) in queue.Take(maxBatchSize))
        {
            _ = RunAsync(session, bodies, cancellationToken);
        }
    }

    private async Task RunAsync(string session, string[] bodies, CancellationToken cancellationToken)
    {
        try
        {
            await relay(bodies, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Nothing should go wrong here: a batch that is lost makes the row fail, and this says why.
            await Console.Error.WriteLineAsync(exception.ToString());
        }

        queue.Complete(session);
    }
}
