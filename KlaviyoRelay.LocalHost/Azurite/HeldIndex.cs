using System.Text.Json;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.LocalHost.Azurite;

/// <summary>
/// Queue storage shows nobody a message before its time. So that an operator can see, release or delete it, an entry
/// about each goes to a queue beside it, <c>{queue}-held</c>, and expires there when the message is due. The index
/// only tells: a message without an entry waits and comes back like any other.
/// </summary>
internal sealed partial class HeldIndex(AzuriteQueueClient client, ILogger<HeldIndex> logger)
{
    // Longer than the wait, so that the entry does not go before the message comes.
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);

    public static string QueueOf(string queue) => $"{queue}-held";

    /// <summary>Never fails, because the message has been sent.</summary>
    public async Task AddAsync(string queue, HeldMessage held, TimeSpan delay, CancellationToken cancellationToken)
    {
        try
        {
            await client.PutAsync(QueueOf(queue), held.Encode(), TimeSpan.Zero, cancellationToken, lifetime: delay + Slack);
        }
        catch (Exception exception) when (exception is QueueUnavailableException or OperationCanceledException)
        {
            Log.NotListed(logger, held.Envelope.MessageId, queue, exception.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "{MessageId} waits on {Queue} but can't be listed before it is due: {Reason}")]
        public static partial void NotListed(ILogger logger, string messageId, string queue, string reason);
    }
}

/// <summary>An entry of <see cref="HeldIndex"/>: a message that waits unseen. The receipt is good until a receiver takes the message.</summary>
internal sealed record HeldMessage(string Id, string PopReceipt, DateTimeOffset NotBefore, QueueEnvelope Envelope)
{
    public string Encode() => Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(this, QueueEnvelopeJsonContext.Compact.HeldMessage));

    /// <summary>The message as if it had been received.</summary>
    public ReceivedMessage ToReceived() => new(Id, PopReceipt, "", NotBefore);

    /// <summary>Null when the text is no entry.</summary>
    public static HeldMessage? Decode(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(Convert.FromBase64String(text), QueueEnvelopeJsonContext.Default.HeldMessage);
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            return null;
        }
    }
}
