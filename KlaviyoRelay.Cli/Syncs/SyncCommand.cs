using System.CommandLine;
using System.Text.Json;
using KlaviyoRelay.CommandLine;
using KlaviyoRelay.Core.Records;
using Microsoft.Extensions.Options;

namespace KlaviyoRelay.Cli.Syncs;

/// <summary>The verbs of <c>sync</c>: list, preview, run, status, results.</summary>
internal sealed class SyncCommand(CliContext context)
{
    public Command Create() => new DocumentedCommand(
        "sync",
        "Rows to Klaviyo: what a sync makes of a file, sending it, and what became of it.",
        CommandHelp.OnSyncs(
            ("scripts/relay sync list", "The syncs of the settings."),
            ("scripts/relay sync preview leads --file leads.csv", "What the first rows become. Sends nothing."),
            ("scripts/relay sync run leads --file leads.csv --dry-run", "What a run would take. Sends nothing."),
            ("scripts/relay sync run leads --file leads.csv", "Send the file and follow its run to the end."),
            ("scripts/relay sync status leads", "The last runs."),
            ("scripts/relay sync results leads --run leads.csv-2026-11-30", "What became of single rows.")))
    {
        List(),
        new PreviewCommand(context).Create(),
        new RunCommand(context).Create(),
        new StatusCommand(context).Create(),
        new ResultsCommand(context).Create(),
    };

    private DocumentedCommand List()
    {
        var json = SyncArguments.Json();
        var command = new DocumentedCommand("list", "List the syncs of the settings.", CommandHelp.OnSyncs(("scripts/relay sync list --json | jq '.syncs[].name'", "For a program."))) { json };
        command.SetAction((parsed, _) => ListAsync(parsed.GetValue(json)));
        return command;
    }

    private async Task<int> ListAsync(bool isJson)
    {
        await using var services = context.Compose();
        services.GetRequiredService<IStartupValidator>().Validate();
        var syncs = services.GetRequiredService<Core.Records.Syncs>().All.Select(ListedSync.Of).ToList();
        if (isJson)
        {
            await context.Output.WriteLineAsync(JsonSerializer.Serialize(new SyncListJson(syncs), CliJson.Readable.SyncListJson));
        }
        else if (syncs.Count == 0)
        {
            await context.Output.WriteLineAsync("No syncs. docs/records.md says how to set one up.");
        }
        else
        {
            new SyncTables(context.Console).Write(syncs);
        }

        return ExitCode.Done;
    }
}

/// <summary>The syncs, for a program to read.</summary>
internal sealed record SyncListJson(IReadOnlyList<ListedSync> Syncs);

/// <summary>A sync as it is listed.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Makes">What a row becomes.</param>
/// <param name="Account">The Klaviyo account.</param>
/// <param name="List">The list; null for others.</param>
/// <param name="Event">The metric; null for others, and where a column names it.</param>
/// <param name="Columns">The columns that it reads.</param>
internal sealed record ListedSync(string Name, string Makes, string Account, string? List, string? Event, IReadOnlyList<string> Columns)
{
    public static ListedSync Of(Sync sync) => new(sync.Name, SyncObjects.NameOf(sync.Object), sync.Account, NotEmpty(sync.List), NotEmpty(sync.EventName), sync.Mapping.Columns);

    private static string? NotEmpty(string text) => text.Length == 0 ? null : text;
}
