using System.CommandLine;
using KlaviyoRelay.Cli.DeadLetters;
using KlaviyoRelay.Cli.ServiceBus;
using KlaviyoRelay.CommandLine;
using KlaviyoRelay.Core;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.LocalHost.Azurite;
using KlaviyoRelay.LocalHost.DeadLetters;

namespace KlaviyoRelay.Cli.Events;

/// <summary>
/// The verb <c>replay</c>: sends an event again. One that waits as a letter is sent by its letter. Of the others, the relay on this
/// machine remembers the last ones; a relay on Azure remembers none.
/// </summary>
internal sealed class ReplayCommand(CliContext context)
{
    private const string Once = "Klaviyo records an event once: what it has already, it does not record again.";

    public Command Create()
    {
        var id = new Argument<string>("id") { Description = "The event's id, or as much of its beginning as no other has." };
        var relay = LocalRelay.Option();
        var host = new Option<string?>("--namespace") { Description = $"The letters of a relay on Azure, with your own sign-in: {ServiceBusNamespace.Form}. It keeps no event that was delivered: there, the helpdesk has to send it again.", HelpName = "host" };
        host.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var given }] && !ServiceBusNamespace.IsHost(given))
            {
                // Without the value: it may be a connection string, with a key.
                result.AddError($"--namespace is wrong: it should be {ServiceBusNamespace.Form}.");
            }
        });
        var command = new DocumentedCommand(
            "replay",
            "Send an event again: its letter if it waits, else what the relay on this machine remembers of it.",
            CommandHelp.OnStorage(("scripts/relay replay 3f2c", "By the beginning of the event's id."), ("scripts/relay replay 3f2c --namespace sb-abc123.servicebus.windows.net", "An event that waits on Azure."))) { id, relay, host };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetRequiredValue(id), parsed.GetRequiredValue(relay), parsed.GetValue(host), cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(string id, Uri relay, string? host, CancellationToken cancellationToken)
    {
        await using ILetterStore store = host is null ? new AzuriteLetters(context.Connect(), context.Clock) : new ServiceBusLetters(ServiceBusNamespace.Connect(host, context.Settings()), context.Clock);
        var sent = await SendLettersAsync(new DeadLetterBrowser(store), id, cancellationToken);
        if (sent.Error is not null)
        {
            await context.Error.WriteLineAsync(sent.Error);
            return ExitCode.Failed;
        }

        if (sent.Letters.Count > 0)
        {
            await context.Output.WriteLineAsync($"Sent again: {DeadLetterText.Count(sent.Letters)}. {Once}");
            return ExitCode.Done;
        }

        if (host is not null)
        {
            await context.Error.WriteLineAsync($"No letter's id begins with {id}. A relay on Azure keeps no event that was delivered: let the helpdesk send its webhook again.");
            return ExitCode.Failed;
        }

        return await ReplayRecentAsync(id, relay, cancellationToken);
    }

    private static async Task<DeadLetterReport> SendLettersAsync(DeadLetterBrowser browser, string id, CancellationToken cancellationToken)
    {
        var filter = new DeadLetterFilter { Queues = [.. new[] { DeadLetterQueues.Throttled, DeadLetterQueues.Rejected }.Select(DeadLetterQueues.OfName)], IdPrefixes = [id] };
        var found = await browser.FindAsync(filter, cancellationToken);
        return found.Error is not null ? found
            : found.Letters.Select(letter => letter.Id).Distinct().ToList() is [var first, var second, ..] ? DeadLetterReport.Failed($"The ids of several events begin with {id}, such as {first} and {second}. Give more of the id.")
            : await browser.SettleAsync(found, filter, letter => letter is FoundLetter { IsHeld: true } ? letter.Message.ReleaseAsync() : letter.Message.RedriveAsync(), cancellationToken);
    }

    private async Task<int> ReplayRecentAsync(string id, Uri relay, CancellationToken cancellationToken)
    {
        using var local = new LocalRelay(relay);
        try
        {
            var (recent, problem) = await local.RecentAsync(id, cancellationToken);
            if (recent is null || RelayWork.Reader.Read(recent.Body) is not { } message)
            {
                await context.Error.WriteLineAsync($"No letter's id begins with {id} either. {problem}");
                return ExitCode.Failed;
            }

            // The webhook came long ago, so its latency would be wrong.
            var again = MessageWriter.ToQueueMessage(message with { AcceptedAt = null, Trace = null });
            var client = context.Connect();
            await client.PutAsync(SessionQueues.NameOf(QueueNames.ConversationEvents, again.SessionId), QueueEnvelope.Of(again).Encode(), TimeSpan.Zero, cancellationToken);
            await context.Output.WriteLineAsync($"Sent again: {message.Id}. {Once}");
            return ExitCode.Done;
        }
        catch (Exception exception) when (exception is LocalRelayException or QueueUnavailableException)
        {
            await context.Error.WriteLineAsync(exception.Message);
            return ExitCode.Failed;
        }
    }
}
