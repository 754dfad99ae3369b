using System.Globalization;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Faults.Scenarios;

/// <summary>The time of day is set back by 10 minutes and then forth by 3 hours while events are relayed: nothing may wait for it.</summary>
internal sealed class ClockSet : Scenario
{
    private static readonly TimeSpan[] Offsets = [TimeSpan.Zero, TimeSpan.FromMinutes(-10), TimeSpan.FromHours(3)];

    public override string Name => "clock";

    public override string Fault => "the time of day set back by 10 min, then forth by 3 h";

    public override async Task RunAsync(FaultRun run, CancellationToken cancellationToken)
    {
        var file = Path.Combine(run.Stack.Folder, "clock");
        await SetClockRelay.SetAsync(file, Offsets[0], cancellationToken);
        run.Stack.RelayProgram = ["dotnet", Repository.Program("KlaviyoRelay.Faults"), SetClockRelay.Command];
        var load = ConversationLoad.Of(run.Size.Conversations);
        await load.SeedAsync(run.Simulator, cancellationToken);
        await run.StartRelayAsync(cancellationToken, (SetClockRelay.FileSetting, file), ("Relay__Delivery__BulkThreshold", "0"));

        var each = run.Size.Conversations / Offsets.Length;
        for (var step = 0; step < Offsets.Length; step++)
        {
            // In the middle of it: the first webhooks of the step are on their way.
            var posting = run.PostAsync(load.Skip(step * each).Take(step == Offsets.Length - 1 ? run.Size.Conversations : each), cancellationToken);
            await SetClockRelay.SetAsync(file, Offsets[step], cancellationToken);
            await posting;
        }

        await run.SettleAsync(cancellationToken);
        run.Must(!run.Stack.Relay.Output.Contains("dead-lettered as", StringComparison.Ordinal), "Events were dead-lettered though everything answered.");
        run.Measured(string.Create(CultureInfo.InvariantCulture, $"{Offsets.Length - 1} times set, no letter"));
    }
}
