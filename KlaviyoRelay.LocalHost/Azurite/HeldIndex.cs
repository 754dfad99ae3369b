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
            await client.PutAsync(QueueOf(queue), held.Encode(), TimeSpan.Zero, delay + Slack, cancellationToken);
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
