using System.Security.Cryptography;
using System.Text;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.LocalHost.Azurite;

/// <summary>
/// Queue storage can't be asked for one session's messages, so each Klaviyo account has a queue of its own beside the
/// one that Service Bus has: <c>conversation-events-session-main</c>. A backlog of one account hides nothing of another's.
/// What belongs to no account stays on the queue itself.
/// </summary>
internal static class SessionQueues
{
    /// <summary>Service Bus's queues with sessions; the contract tests hold them against the triggers.</summary>
    public static IReadOnlySet<string> WithSessions { get; } = new HashSet<string> { QueueNames.ConversationEvents, QueueNames.Records };

    public static string PrefixOf(string queue) => $"{queue}-session-";

    public static string NameOf(string queue, string session) =>
        WithSessions.Contains(queue) && IsAccount(session) ? PrefixOf(queue) + NamePart(session) : queue;

    public static async Task<IReadOnlyList<string>> AllAsync(AzuriteQueueClient client, string queue, CancellationToken cancellationToken) =>
        WithSessions.Contains(queue) ? [queue, .. await client.ListAsync(PrefixOf(queue), cancellationToken)] : [queue];

    /// <summary>How many messages the queue and those of its sessions hold, visible or not.</summary>
    public static async Task<int> CountAsync(AzuriteQueueClient client, string queue, CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var name in await AllAsync(client, queue, cancellationToken))
        {
            count += await client.CountIfExistsAsync(name, cancellationToken);
        }

        return count;
    }

    // As RelayOptionsValidator lets accounts be named.
    private static bool IsAccount(string session) =>
        session.Length is > 0 and <= 32 && session.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '_');

    // A queue's name has letters, digits and single dashes. An account's name has no dash, so the two forms never meet.
    private static string NamePart(string account) =>
        account.Contains('_') ? $"h-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(account)))[..16]}" : account;
}
