using System.CommandLine;
using System.Text.Json;
using KlaviyoRelay.CommandLine;

namespace KlaviyoRelay.Cli.Events;

/// <summary>The verbs of <c>events</c>: list, show.</summary>
internal sealed class EventsCommand(CliContext context)
{
    private const string Resource = "KlaviyoRelay.Cli.workbook.json";

    public Command Create() => new DocumentedCommand(
        "events",
        "The last events of the relay on this machine, and everything about one of them.",
        CommandHelp.OnEvents(
            ("scripts/relay events list", "The last 20."),
            ("scripts/relay events show 3f2c", "One of them, with its attempts, by the beginning of its id."),
            ("scripts/relay events show 3f2cdab5... --azure", "The query for the relay on Azure.")))
    {
        List(),
        Show(),
    };

    private DocumentedCommand List()
    {
        var relay = LocalRelay.Option();
        var max = new Option<int>("--max") { Description = "Not more than so many, the newest.", HelpName = "number", DefaultValueFactory = _ => 20 };
        var json = new Option<bool>("--json") { Description = "Write the result as JSON." };
        var command = new DocumentedCommand("list", "List the last events, a line each.", CommandHelp.OnEvents(("scripts/relay events list --max 100", "The last 100."))) { relay, max, json };
        command.SetAction((parsed, cancellationToken) => AskAsync(parsed.GetRequiredValue(relay), async local =>
        {
            var events = (await local.ListAsync(cancellationToken)).TakeLast(parsed.GetValue(max)).ToArray();
            if (parsed.GetValue(json))
            {
                await context.Output.WriteLineAsync(JsonSerializer.Serialize(events, CliJson.Readable.ListedEventArray));
                return ExitCode.Done;
            }

            var lines = new EventLines(context.Console);
            Array.ForEach(events, lines.Write);
            if (events.Length == 0)
            {
                await context.Output.WriteLineAsync("No events since the relay's start. `relay trigger gladly.created` sends one.");
            }

            return ExitCode.Done;
        }));
        return command;
    }

    private DocumentedCommand Show()
    {
        var id = new Argument<string>("id") { Description = "The event's id, or as much of its beginning as no other has." };
        var relay = LocalRelay.Option();
        var azure = new Option<bool>("--azure") { Description = "For a relay on Azure: print the query that shows the event's attempts in Application Insights. The workbook has the same." };
        var json = new Option<bool>("--json") { Description = "Write the result as JSON." };
        var command = new DocumentedCommand(
            "show",
            "Show an event and its attempts.",
            CommandHelp.OnEvents(("scripts/relay events show 3f2c", "By the beginning of the event's id."), ("scripts/relay events show 3f2cdab5... --azure", "By the whole id."))) { id, relay, azure, json };
        command.SetAction((parsed, cancellationToken) => parsed.GetValue(azure)
            ? PrintQueryAsync(parsed.GetRequiredValue(id))
            : AskAsync(parsed.GetRequiredValue(relay), local => ShowAsync(local, parsed.GetRequiredValue(id), parsed.GetValue(json), cancellationToken)));
        return command;
    }

    private async Task<int> ShowAsync(LocalRelay local, string id, bool isJson, CancellationToken cancellationToken)
    {
        var shown = await local.FindAsync(id, cancellationToken);
        if (shown is null)
        {
            switch ((await local.ListAsync(cancellationToken)).Where(one => one.Id.StartsWith(id, StringComparison.Ordinal)).ToList())
            {
                case [var one]:
                    shown = await local.FindAsync(one.Id, cancellationToken);
                    break;
                case [var first, var second, ..]:
                    await context.Error.WriteLineAsync($"The ids of several events begin with {id}, such as {first.Id} and {second.Id}. Give more of the id.");
                    return ExitCode.Failed;
            }
        }

        if (shown is null)
        {
            await context.Error.WriteLineAsync($"The relay remembers no event whose id begins with {id}: it keeps the last 1,000 since its start. If it waits, `relay dead-letters show {id}` has it. For a relay on Azure, add --azure.");
            return ExitCode.Failed;
        }

        if (isJson)
        {
            await context.Output.WriteLineAsync(JsonSerializer.Serialize(shown, CliJson.Readable.ShownEvent));
        }
        else
        {
            new EventLines(context.Console).Write(shown);
        }

        return ExitCode.Done;
    }

    private async Task<int> PrintQueryAsync(string id)
    {
        // It becomes a part of the query.
        if (!id.All(char.IsAsciiLetterOrDigit))
        {
            await context.Error.WriteLineAsync($"'{id}' is no event's id: it should be the whole id, of letters and digits.");
            return ExitCode.WrongUsage;
        }

        await context.Error.WriteLineAsync("Paste this into Application Insights > Logs. It needs the whole id. The workbook \"Klaviyo relay\" shows the same under \"One event\".");
        await context.Output.WriteLineAsync(Query().Replace("{eventId}", id, StringComparison.Ordinal));
        return ExitCode.Done;
    }

    /// <summary>The workbook's own, so that there is one.</summary>
    private static string Query()
    {
        using var stream = typeof(EventsCommand).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException($"The resource {Resource} is missing.");
        using var workbook = JsonDocument.Parse(stream);
        return workbook.RootElement.GetProperty("items").EnumerateArray().Single(item => item.GetProperty("name").GetString() == "attempts").GetProperty("content").GetProperty("query").GetString() ?? "";
    }

    private async Task<int> AskAsync(Uri relay, Func<LocalRelay, Task<int>> act)
    {
        using var local = new LocalRelay(relay);
        try
        {
            return await act(local);
        }
        catch (LocalRelayException exception)
        {
            await context.Error.WriteLineAsync(exception.Message);
            return ExitCode.Failed;
        }
    }
}
