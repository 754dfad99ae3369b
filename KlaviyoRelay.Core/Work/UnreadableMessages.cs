using System.Security.Cryptography;
using System.Text;
using KlaviyoRelay.Core.Clocks;
using KlaviyoRelay.Core.Telemetry;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Core.Work;

/// <summary>No message of a batch can be read. Thrown so that the broker counts the delivery and in the end puts them away.</summary>
public sealed class UnreadableMessagesException(int count) : Exception($"{count} message(s) are not of a version and kind that this relay knows.");

/// <summary>
/// A batch is completed or abandoned as a whole, so an unreadable message must not stay among readable ones: it is
/// sent again in a session of its own, where it fails alone until the broker puts it away as poison (Service Bus:
/// $DeadLetterQueue; Azurite: the queue's -poison queue). While that queue does not take it, it waits in a dead-letter
/// queue: it may be an event of a newer relay.
/// </summary>
public sealed partial class UnreadableMessages(PlaceSender sender, DeadLetterOptions options, RelayMetrics metrics, TimeProvider clock, ILogger<UnreadableMessages> logger)
{
    // No account can have this name.
    private const string Session = "-unreadable-";

    // As much as fits every queue, for what none takes as a whole.
    private const int MaxLength = 8 * 1024;

    /// <param name="queue">The queue in whose session they fail.</param>
    /// <param name="bodies">What can't be read.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="QueueUnavailableException">No queue accepted one of them, so their batch must not be completed.</exception>
    public async Task SetAsideAsync(string queue, IReadOnlyList<string> bodies, CancellationToken cancellationToken)
    {
        if (bodies.Count == 0)
        {
            return;
        }

        Count(bodies.Count);
        var later = clock.WallTime() + options.Hold;
        await sender.SendAsync([.. bodies.Select(body => Places(queue, body, later))], cancellationToken);
    }

    public void Count(int count)
    {
        Log.Unreadable(logger, count);
        metrics.Unreadable(count);
    }

    private static IReadOnlyList<Place> Places(string queue, string body, DateTimeOffset later)
    {
        var whole = new QueueMessage($"unreadable-{Fingerprint(body)}", Session, body);
        return body.Length <= MaxLength ? Places(queue, whole, later) : [.. Places(queue, whole, later), .. Places(queue, whole with { Body = Beginning(body) }, later)];
    }

    private static IReadOnlyList<Place> Places(string queue, QueueMessage message, DateTimeOffset later) =>
    [
        new(queue, message),
        new(QueueNames.DeadLetterThrottled, message with { NotBefore = later }),
        new(QueueNames.DeadLetterRejected, message),
    ];

    // Not between the two halves of one character.
    private static string Beginning(string body) => body[..(char.IsHighSurrogate(body[MaxLength - 1]) ? MaxLength - 1 : MaxLength)];

    private static string Fingerprint(string body) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "{Count} message(s) can't be read: they are not of a version that this relay knows.")]
        public static partial void Unreadable(ILogger logger, int count);
    }
}
