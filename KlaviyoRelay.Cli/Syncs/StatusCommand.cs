using System.CommandLine;
using System.Text.Json;
using KlaviyoRelay.CommandLine;
using KlaviyoRelay.Core.Records.Runs;

namespace KlaviyoRelay.Cli.Syncs;

/// <summary>The verb <c>sync status</c>: the last runs of a sync, or one run.</summary>
internal sealed class StatusCommand(CliContext context)
{
    public Command Create()
    {
        var (name, relay, run, json) = (SyncArguments.Name(), SyncArguments.Relay(), SyncArguments.Run("One run, by its name or id; without it, the last ones."), SyncArguments.Json());
        var command = new DocumentedCommand(
            "status",
            "Show the last runs of a sync, or one of them.",
            CommandHelp.OnSyncs(
                ("scripts/relay sync status leads", "The last 20 runs, the newest first."),
                ("scripts/relay sync status leads --run nightly-2026-11-30", "One run."),
                ("scripts/relay sync status leads --json | jq '.runs[0].rows'", "For a program."))) { name, run, relay, json };
        command.SetAction((parsed, cancellationToken) => SyncVerb.RunAsync(
            context,
            parsed.GetRequiredValue(name),
            hand => RunAsync(hand, parsed.GetRequiredValue(relay), parsed.GetValue(run), parsed.GetValue(json), cancellationToken)));
        return command;
    }

    private async Task<int> RunAsync(SyncInHand hand, Uri address, string? run, bool isJson, CancellationToken cancellationToken)
    {
        using var relay = hand.Connect(address);
        if (run is null)
        {
            var runs = await relay.ListAsync(cancellationToken);
            if (isJson)
            {
                await context.Output.WriteLineAsync(JsonSerializer.Serialize(runs, CliJson.Readable.RunReports));
            }
            else if (runs.Runs.Count == 0)
            {
                await context.Output.WriteLineAsync($"No runs of {hand.Sync.Name}. They are kept for 30 days.");
            }
            else
            {
                new SyncTables(context.Console).Write(runs);
            }

            return ExitCode.Done;
        }

        var report = await relay.FindAsync(RunNames.IdOf(hand.Sync, run), cancellationToken) ?? throw RunNames.Unknown(hand.Sync, run);
        if (isJson)
        {
            await context.Output.WriteLineAsync(JsonSerializer.Serialize(report, CliJson.Readable.RunReport));
        }
        else
        {
            new SyncTables(context.Console).Write(report);
        }

        return ExitCode.Done;
    }
}

/// <summary>An operator says a run by the name that it was given, or by its id.</summary>
internal static class RunNames
{
    public static string IdOf(Core.Records.Sync sync, string run) => run.Length == 40 && run.All(char.IsAsciiHexDigitLower) ? run : RunId.OfName(sync.Name, run);

    public static RelayRefusalException Unknown(Core.Records.Sync sync, string run) => new($"There is no run '{run}' of {sync.Name}. `relay sync status {sync.Name}` lists the last ones.");
}
