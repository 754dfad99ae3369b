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

    /// <summary>Waits until queues hold nothing, asked in this order.</summary>
    public static Task WaitUntilEmptyAsync(FaultRun run, CancellationToken cancellationToken, params string[] queues)
    {
        var held = "";
        return Eventually.HoldsAsync(
            async () =>
            {
                foreach (var queue in queues)
                {
                    if (await run.Queues.CountAsync(queue, cancellationToken) is > 0 and var count)
                    {
                        held = $"{queue} held {count} messages";
                        return false;
                    }
                }

                return true;
            },
            run.Size.Patience,
            () => $"{held} after {run.Size.Patience.TotalSeconds:0} s.",
            cancellationToken);
    }
}
