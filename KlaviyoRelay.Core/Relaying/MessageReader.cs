using System.Security.Cryptography;
using System.Text;
using KlaviyoRelay.Core.Queueing;
using KlaviyoRelay.Core.Telemetry;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Core.Relaying;

/// <summary>
/// Reads a batch's messages. A batch is completed or abandoned as a whole, so an unreadable message must not stay
/// among readable ones: it is sent again in a session of its own, where it fails alone until the broker puts it
/// away as poison (Service Bus: $DeadLetterQueue; Azurite: the queue's -poison queue).
/// </summary>
internal sealed partial class MessageReader(IEventQueue queue, RelayMetrics metrics, ILogger<MessageReader> logger)
{
    // No account can have this name.
    private const string UnreadableSession = "-unreadable-";

    // As much as fits every queue: what can't be read is kept as evidence, not as an event.
    private const int MaxUnreadableLength = 8 * 1024;

    public async Task<IReadOnlyList<RelayMessage>> ReadAsync(IReadOnlyList<string> bodies, CancellationToken cancellationToken)
    {
        var readable = new List<RelayMessage>(bodies.Count);
        var unreadable = new List<QueueMessage>();
        foreach (var body in bodies)
        {
            if (RelayMessageSerializer.Read(body) is { } message)
            {
                readable.Add(message);
            }
            else
            {
                unreadable.Add(new QueueMessage($"unreadable-{Fingerprint(body)}", UnreadableSession, body[..Math.Min(body.Length, MaxUnreadableLength)]));
            }
        }

        if (unreadable.Count == 0)
        {
            return readable;
        }

        Log.Unreadable(logger, unreadable.Count);
        metrics.Unreadable(unreadable.Count);
        if (readable.Count == 0)
        {
            throw new UnreadableMessagesException(unreadable.Count);
        }

        await queue.SendAsync(QueueNames.ConversationEvents, unreadable, cancellationToken);
        return readable;
    }

    private static string Fingerprint(string body) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "{Count} message(s) can't be read: they are not conversation events of a version that this relay knows.")]
        public static partial void Unreadable(ILogger logger, int count);
    }
}
