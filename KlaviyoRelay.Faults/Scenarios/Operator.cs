using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Faults.Scenarios;

/// <summary>What an operator does with the command line.</summary>
internal static class Operator
{
    /// <summary>Sends parked letters round again. A run that fails is repeated, as its error says.</summary>
    /// <param name="run">The run.</param>
    /// <param name="choice">Which letters, such as <c>--reason</c> and a reason.</param>
    public static async Task RedriveAsync(FaultRun run, string[] choice, CancellationToken cancellationToken)
    {
        var said = "";
        var isDone = await Eventually.WithinAsync(
            async () =>
            {
                var command = run.Stack.StartCommand(["dead-letters", "redrive", .. choice]);
                await command.WaitForExitAsync(run.Size.Patience, cancellationToken);
                said = command.Output;
                return command.ExitCode == 0;
            },
            run.Size.Patience,
            cancellationToken);
        run.Must(isDone, $"The redrive failed again and again: {said}");
    }

    /// <summary>Waits until a queue holds nothing.</summary>
    public static Task WaitUntilEmptyAsync(FaultRun run, string queue, CancellationToken cancellationToken)
    {
        var count = 0;
        return Eventually.HoldsAsync(
            async () => (count = await run.Queues.CountAsync(queue, cancellationToken)) == 0,
            run.Size.Patience,
            () => $"{queue} held {count} messages after {run.Size.Patience.TotalSeconds:0} s.",
            cancellationToken);
    }
}
