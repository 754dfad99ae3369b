using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using KlaviyoRelay.CommandLine;
using KlaviyoRelay.Core.Records.Runs;

namespace KlaviyoRelay.Cli.Syncs;

/// <summary>The verb <c>sync run</c>: posts a file to a relay and follows the run to its end.</summary>
internal sealed class RunCommand(CliContext context)
{
    private readonly Argument<string> _name = SyncArguments.Name();
    private readonly Option<RowsFile> _file = SyncArguments.Rows();
    private readonly Option<Uri> _relay = SyncArguments.Relay();
    private readonly Option<string?> _run = SyncArguments.Run("A name for the run. The same name again is the same run. Without it, the file's content names the run.");
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Do all but sending, and tell what sending would take." };
    private readonly Option<bool> _yes = new("--yes") { Description = "Do not ask before a first run that starts flows." };
    private readonly Option<bool> _json = SyncArguments.Json();

    public Command Create()
    {
        var command = new DocumentedCommand(
            "run",
            "Send a file of rows to the relay and follow its run to the end.",
            CommandHelp.OfRun(
                ("scripts/relay sync run leads --file leads.csv", "Send it, with a progress bar."),
                ("scripts/relay sync run leads --file leads.csv --dry-run", "How many jobs, bytes and minutes it would take."),
                ("scripts/relay sync run leads --file leads.csv --run nightly-2026-11-30", "Under a name of your own: a file that was sent before is sent again."),
                ("scripts/relay sync run vip --file vip.csv --yes --relay https://relay.example.com", "To a relay elsewhere, without a question."))) { _name, _file, _relay, _run, _dryRun, _yes, _json };
        command.SetAction((parsed, cancellationToken) => SyncVerb.RunAsync(context, parsed.GetRequiredValue(_name), hand => RunAsync(hand, parsed, cancellationToken)));
        return command;
    }

    private async Task<int> RunAsync(SyncInHand hand, ParseResult parsed, CancellationToken cancellationToken)
    {
        var file = parsed.GetRequiredValue(_file);
        var metrics = new HashSet<string>(StringComparer.Ordinal);
        if (await CountAsync(hand, file, metrics, cancellationToken) is not { } rows)
        {
            return ExitCode.Failed;
        }

        if (parsed.GetValue(_dryRun))
        {
            var forecast = await DryRun.OfAsync(hand, file, cancellationToken);
            Write(parsed, forecast, CliJson.Readable.DryRun, new SyncTables(context.Console).Write);
            return forecast.Rejected == 0 ? ExitCode.Done : ExitCode.Failed;
        }

        using var relay = hand.Connect(parsed.GetRequiredValue(_relay));
        var run = parsed.GetValue(_run) ?? await NameAsync(file, cancellationToken);
        var before = await relay.FindAsync(RunId.OfName(hand.Sync.Name, run), cancellationToken);
        if (!parsed.GetValue(_yes) && !await IsWantedAsync(hand, relay, metrics, cancellationToken))
        {
            await context.Error.WriteLineAsync("Nothing was sent.");
            return ExitCode.Failed;
        }

        var report = await new RunProgress(context).FollowAsync(relay, file, run, rows, cancellationToken);
        Write(parsed, report, CliJson.Readable.RunReport, new SyncTables(context.Console).Write);
        if (before?.EndedAt is { } ended && ended == report.EndedAt)
        {
            await context.Error.WriteLineAsync($"These rows were sent before, as the run '{run}', and nothing was sent now. Name another run with --run to send them again.");
        }

        if (report.Rows.Rejected > 0)
        {
            await context.Error.WriteLineAsync($"Rows were rejected. `relay sync results {hand.Sync.Name} --run {report.Run}` says which, and why.");
        }

        return report.Rows.Rejected == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    /// <summary>Reads the file to its end, so that nothing of one that is broken is sent; null when it is.</summary>
    private async Task<int?> CountAsync(SyncInHand hand, RowsFile file, HashSet<string> metrics, CancellationToken cancellationToken)
    {
        metrics.UnionWith(hand.Sync.EventName.Length > 0 ? [hand.Sync.EventName] : []);
        await using var rows = file.Read(hand.Sync);
        while (await rows.ReadAsync(cancellationToken) is { } row)
        {
            if (hand.Sync.Mapping.EventName is { } place && row.Cells[place].Value is { } metric)
            {
                metrics.Add(metric);
            }
        }

        if (rows.Refusal is not { } refusal)
        {
            return rows.Count;
        }

        await context.Error.WriteLineAsync($"The rows can't be read. {refusal.Message} Nothing was sent.");
        return null;
    }

    /// <summary>The first run of a sync may start flows that its operator does not think of.</summary>
    private async Task<bool> IsWantedAsync(SyncInHand hand, RelayClient relay, HashSet<string> metrics, CancellationToken cancellationToken)
    {
        if ((await relay.ListAsync(cancellationToken)).Runs.Count > 0 || (await StartedFlows.OfAsync(hand, metrics, cancellationToken)).Warning is not { } warning)
        {
            return true;
        }

        await context.Error.WriteLineAsync(warning);
        if (context.Confirm is { } confirm)
        {
            return await confirm("This is the first run of the sync. Send the rows? [y/N] ", cancellationToken);
        }

        await context.Error.WriteLineAsync("This is the first run of the sync, and there is no terminal to ask on: add --yes.");
        return false;
    }

    /// <summary>The same file is the same run, so that a repeat after a failure sends nothing twice.</summary>
    private static async Task<string> NameAsync(RowsFile file, CancellationToken cancellationToken)
    {
        await using var content = File.OpenRead(file.Path);
        return $"{Path.GetFileName(file.Path)}-{Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken))[..16]}";
    }

    private void Write<T>(ParseResult parsed, T result, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type, Action<T> write)
    {
        if (parsed.GetValue(_json))
        {
            context.Output.WriteLine(JsonSerializer.Serialize(result, type));
        }
        else
        {
            write(result);
        }
    }
}
