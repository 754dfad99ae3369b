using System.CommandLine;
using KlaviyoRelay.CommandLine;
using KlaviyoRelay.Core.Records.Runs;

namespace KlaviyoRelay.Cli.Syncs;

/// <summary>The verb <c>sync results</c>: prints or saves the result of a run.</summary>
internal sealed class ResultsCommand(CliContext context)
{
    public Command Create()
    {
        var (name, relay, run) = (SyncArguments.Name(), SyncArguments.Relay(), SyncArguments.Run("The run, by its name or id."));
        run.Required = true;
        var csv = new Option<bool>("--csv") { Description = "As CSV, which it is without an option too." };
        var json = new Option<bool>("--json") { Description = "As JSON, with the counts." };
        var output = new Option<string?>("--output") { Description = "A file to save it in; without it, it is printed.", HelpName = "path" };
        var command = new DocumentedCommand(
            "results",
            "Print or save the result of a run that has ended: each row that was rejected, and each warning.",
            CommandHelp.OnSyncs(
                ("scripts/relay sync results leads --run nightly-2026-11-30", "As CSV."),
                ("scripts/relay sync results leads --run nightly-2026-11-30 --output rejected.csv", "Into a file."),
                ("scripts/relay sync results leads --run nightly-2026-11-30 --json | jq .counts", "For a program."))) { name, run, csv, json, output, relay };
        command.Validators.Add(result =>
        {
            if (result.GetValue(csv) && result.GetValue(json))
            {
                result.AddError("--csv and --json can't be together.");
            }
        });
        command.SetAction((parsed, cancellationToken) => SyncVerb.RunAsync(
            context,
            parsed.GetRequiredValue(name),
            hand => RunAsync(hand, parsed.GetRequiredValue(relay), parsed.GetValue(run) ?? "", parsed.GetValue(json) ? "json" : "csv", parsed.GetValue(output), cancellationToken)));
        return command;
    }

    private async Task<int> RunAsync(SyncInHand hand, Uri address, string run, string format, string? path, CancellationToken cancellationToken)
    {
        using var relay = hand.Connect(address);
        var report = await relay.FindAsync(RunNames.IdOf(hand.Sync, run), cancellationToken) ?? throw RunNames.Unknown(hand.Sync, run);
        if (report.Status != RunStatus.Ended)
        {
            throw new RelayRefusalException($"The run has not ended, so it has no result yet: {report.Rows.Held} row(s) are held. `relay sync status {hand.Sync.Name} --run {report.Run}` tells how far it is.");
        }

        using var result = new MemoryStream();
        await relay.WriteResultAsync(report.Run, format, result, cancellationToken);
        result.Position = 0;
        if (path is not null)
        {
            await using var file = File.Create(path);
            await result.CopyToAsync(file, cancellationToken);
            await context.Error.WriteLineAsync($"Saved in {Path.GetFullPath(path)}.");
            return ExitCode.Done;
        }

        // Without the mark that tells spreadsheets the encoding.
        using var text = new StreamReader(result);
        await context.Output.WriteAsync(await text.ReadToEndAsync(cancellationToken));
        return ExitCode.Done;
    }
}
