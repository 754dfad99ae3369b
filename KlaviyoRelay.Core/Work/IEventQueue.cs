namespace KlaviyoRelay.Core.Work;

/// <summary>Where events wait: Service Bus on Azure, Azurite's queues locally.</summary>
public interface IEventQueue
{
    /// <summary>Sends messages; when it returns, the queue has accepted every one of them.</summary>
    /// <param name="queue">One of <see cref="QueueNames"/>.</param>
    /// <param name="messages">The messages, in order.</param>
    /// <param name="cancellationToken">Ends the attempt; some messages may have been accepted by then.</param>
    /// <exception cref="QueueUnavailableException">The queue did not accept all of them; it says how many it did accept.</exception>
    Task SendAsync(string queue, IReadOnlyList<QueueMessage> messages, CancellationToken cancellationToken);

    /// <summary>Returns when the queue service has answered.</summary>
    /// <exception cref="QueueUnavailableException">It can't be reached.</exception>
    Task CheckAsync(CancellationToken cancellationToken);
}

/// <summary>A message to be sent to a queue.</summary>
/// <param name="MessageId">Derived from the content, so that a broker can drop a repeat; at most 128 characters.</param>
/// <param name="SessionId">Messages of one session are handled in order, one batch at a time; at most 128 characters.</param>
/// <param name="NotBefore">When the message may be received at the earliest; null at once.</param>
public sealed record QueueMessage(string MessageId, string SessionId, string Body, DateTimeOffset? NotBefore = null);
