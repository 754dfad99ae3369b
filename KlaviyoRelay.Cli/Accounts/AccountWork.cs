using KlaviyoRelay.Cli.ServiceBus;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.LocalHost.Azurite;
using KlaviyoRelay.LocalHost.DeadLetters;

namespace KlaviyoRelay.Cli.Accounts;

/// <summary>Whether work of an account waits. The relay can't do it once the account's key is disabled.</summary>
internal sealed class AccountWork(CliContext context)
{
    /// <summary>What waits for the account; null for nothing.</summary>
    public async Task<string?> WaitingAsync(string account, string? host, CancellationToken cancellationToken)
    {
        await using ILetterStore store = host is null
            ? new AzuriteLetters(context.Connect(), context.Clock)
            : new ServiceBusLetters(ServiceBusNamespace.Connect(host, context.Settings()), context.Clock);
        var letters = await new DeadLetterBrowser(store).ListAsync(new DeadLetterFilter { Account = account }, cancellationToken);
        if (letters.Error is { } error)
        {
            return $"Whether work of {account} waits is not known: {error}";
        }

        var events = host is null ? await EventsAsync(context.Connect(), account, cancellationToken) : 0;
        await context.Output.WriteLineAsync(host is null ? $"{events} message(s) and {letters.Letters.Count} letter(s) of {account} wait." : $"{letters.Letters.Count} letter(s) of {account} wait. Look in the portal whether its sessions of {QueueNames.ConversationEvents} and {QueueNames.Records} are empty, too.");
        return events + letters.Letters.Count > 0 ? $"Work of {account} waits: `relay dead-letters list --account {account}` shows letters." : null;
    }

    private static async Task<int> EventsAsync(AzuriteQueueClient client, string account, CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var queue in SessionQueues.WithSessions)
        {
            count += await client.CountIfExistsAsync(SessionQueues.NameOf(queue, account), cancellationToken);
        }

        return count;
    }
}
