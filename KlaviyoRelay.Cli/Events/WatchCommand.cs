using System.CommandLine;
using System.Text.Json;
using KlaviyoRelay.CommandLine;

namespace KlaviyoRelay.Cli.Events;

/// <summary>The verb <c>watch</c>: a line whenever something happens to an event of the relay on this machine, until Ctrl-C.</summary>
internal sealed class WatchCommand(CliContext context)
{
    private const int ShownAtFirst = 10;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    public Command Create()
    {
        var relay = LocalRelay.Option();
        var connection = new Option<string?>("--connection") { Description = "Only events of this connection.", HelpName = "name" };
        var json = new Option<bool>("--json") { Description = "Write each change as a line of JSON." };
        var command = new DocumentedCommand(
            "watch",
            "Watch the events of the relay on this machine: a line whenever one changes, until Ctrl-C.",
            CommandHelp.OnEvents(("scripts/relay watch", "All events; the last 10 first."), ("scripts/relay watch --connection gladly", "Those of one connection."), ("scripts/relay watch --json | jq .state", "For a program."))) { relay, connection, json };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetRequiredValue(relay), parsed.GetValue(connection), parsed.GetValue(json), cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(Uri address, string? connection, bool isJson, CancellationToken cancellationToken)
    {
        using var relay = new LocalRelay(address);
        var written = new Dictionary<string, string>(StringComparer.Ordinal);
        var hasBegun = false;
        try
        {
            while (true)
            {
                try
                {
                    await foreach (var changes in relay.ChangesAsync(cancellationToken))
                    {
                        var matching = changes.Where(one => connection is null || one.Connection == connection);
                        Write([.. hasBegun ? matching : matching.OrderBy(one => one.At).TakeLast(ShownAtFirst)], written, isJson);
                        hasBegun = true;
                    }
                }
                catch (LocalRelayException exception) when (hasBegun)
                {
                    await context.Error.WriteLineAsync($"{exception.Message} Waiting for it; Ctrl-C ends this.");
                    hasBegun = await FoundAgainAsync(relay, cancellationToken);
                }
            }
        }
        catch (LocalRelayException exception)
        {
            await context.Error.WriteLineAsync(exception.Message);
            return ExitCode.Failed;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCode.Done;
        }
    }

    private async Task<bool> FoundAgainAsync(LocalRelay relay, CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(Pause, context.Clock, cancellationToken);
            try
            {
                await relay.ListAsync(cancellationToken);
                await context.Error.WriteLineAsync("The relay is there again.");
                return true;
            }
            catch (LocalRelayException)
            {
                // Not yet.
            }
        }
    }

    /// <summary>A change that says nothing new, such as another email of the same event, is no line.</summary>
    private void Write(IReadOnlyList<ListedEvent> changes, Dictionary<string, string> written, bool isJson)
    {
        var lines = new EventLines(context.Console);
        foreach (var one in changes)
        {
            var said = $"{one.State} {one.Detail}";
            if (written.GetValueOrDefault(one.Id) == said)
            {
                continue;
            }

            written[one.Id] = said;
            if (isJson)
            {
                context.Output.WriteLine(JsonSerializer.Serialize(one, EventJson.Line.ListedEvent));
            }
            else
            {
                lines.Write(one);
            }
        }
    }
}
