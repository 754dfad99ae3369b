using System.Security.Cryptography;
using System.Text;
using KlaviyoRelay.Core.Telemetry;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Core.Queueing;

/// <summary>
/// A batch is completed or abandoned as a whole, so an unreadable message must not stay among readable ones: it is
/// sent again in a session of its own, where it fails alone until the broker puts it away as poison (Service Bus:
/// $DeadLetterQueue; Azurite: the queue's -poison queue).
/// </summary>
internal sealed partial class UnreadableMessages(IEventQueue queue, RelayMetrics metrics, ILogger<UnreadableMessages> logger)
{
    // No account can have this name.
    private const string Session = "-unreadable-";

    // As much as fits every queue: what can't be read is kept as evidence, not as an event.
    private const int MaxLength = 8 * 1024;

    /// <exception cref="QueueUnavailableException">The queue did not accept them, so their batch must not be completed.</exception>
    public async Task SetAsideAsync(IReadOnlyList<string> bodies, CancellationToken cancellationToken)
    {
        if (bodies.Count == 0)
        {
            return;
        }

        Count(bodies.Count);
        await queue.SendAsync(
            QueueNames.ConversationEvents,
            [.. bodies.Select(body => new QueueMessage($"unreadable-{Fingerprint(body)}", Session, body[..Math.Min(body.Length, MaxLength)]))],
            cancellationToken);
    }

    public void Count(int count)
    {
        Log.Unreadable(logger, count);
        metrics.Unreadable(count);
    }

    private static string Fingerprint(string body) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "{Count} message(s) can't be read: they are not of a version that this relay knows.")]
        public static partial void Unreadable(ILogger logger, int count);
    }
}
