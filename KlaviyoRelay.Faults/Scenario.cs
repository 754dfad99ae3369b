namespace KlaviyoRelay.Faults;

/// <summary>One row of the table: what it sets up, what it breaks, and what must hold. Nothing lost and nothing doubled must hold in each.</summary>
internal abstract class Scenario
{
    /// <summary>What <c>--only</c> calls it.</summary>
    public abstract string Name { get; }

    /// <summary>What goes wrong.</summary>
    public abstract string Fault { get; }

    /// <exception cref="Processes.UnmetException">Something did not hold, and going on makes no sense.</exception>
    public abstract Task RunAsync(FaultRun run, CancellationToken cancellationToken);

    /// <summary>Starts all processes but the relay, runs, and compares.</summary>
    public async Task<FaultOutcome> RunAsync(FaultSize size, CancellationToken cancellationToken)
    {
        await using var run = await FaultRun.StartAsync(size, cancellationToken);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(size.Longest);
        try
        {
            await RunAsync(run, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            run.Fail($"The row did not end within {size.Longest.TotalMinutes:0} minutes.");
        }
        catch (Processes.UnmetException exception)
        {
            run.Fail(exception.Message);
        }

        return await run.CompareAsync(this, cancellationToken);
    }
}
