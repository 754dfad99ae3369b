using KlaviyoRelay.Core.Clocks;
using KlaviyoRelay.Core.Conversations;
using KlaviyoRelay.Core.Queueing;

namespace KlaviyoRelay.Core.Relaying;

/// <summary>Queues what a batch leaves to do for the profile property. The ids are derived, so a batch that is read twice queues it once.</summary>
internal sealed class FollowUps(IEventQueue queue, TimeProvider clock)
{
    private const int EmailsPerMessage = 100;

    // Long enough for a helpdesk's answer to catch up with its webhook, and within the minute that the flag has to be right.
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(30);

    /// <exception cref="QueueUnavailableException">The queue did not accept them, so the batch must not be completed.</exception>
    public async Task SendAsync(RelayBatch batch, CancellationToken cancellationToken)
    {
        IReadOnlyList<QueueMessage> messages = [.. LookAgain(batch), .. batch.Leaving.Select(one => RelayMessageSerializer.ToQueueMessage(Leave(one.Delivery, one.Account)))];
        if (messages.Count > 0)
        {
            await queue.SendAsync(QueueNames.ConversationEvents, messages, cancellationToken);
        }
    }

    /// <summary>The same event once more. Klaviyo drops it as a repeat and sets the property.</summary>
    private IEnumerable<QueueMessage> LookAgain(RelayBatch batch)
    {
        // What was not delivered asks again when it comes back.
        var failed = batch.Undelivered.SelectMany(one => (one.Emails ?? []).Select(email => (one.Message, email))).ToHashSet();
        return batch.Contradicted
            .Where(delivery => !failed.Contains((delivery.Message, delivery.Email)))
            .GroupBy(delivery => delivery.Message)
            .SelectMany(message => message.Select(delivery => delivery.Email).Chunk(EmailsPerMessage).Select((emails, number) => LookAgain(message.Key, emails, number)));
    }

    private QueueMessage LookAgain(RelayMessage message, string[] emails, int number) =>
        RelayMessageSerializer.ToQueueMessage(message with { Attempts = 1, Emails = emails }) with
        {
            // Not the id of a released letter with the same emails, which the broker would then drop.
            MessageId = ConversationEventId.Of(message.Event.Connection, "look again", message.Event.ConversationId, $"{message.Event.Id}/{number}"),
            NotBefore = clock.WallTime() + LookAgainAfter,
        };

    private static RelayMessage Leave(Delivery delivery, string account)
    {
        var conversationEvent = delivery.Message.Event;
        return RelayMessage.Fresh(
            conversationEvent with
            {
                Id = ConversationEventId.Of(conversationEvent.Connection, "leaves account", conversationEvent.ConversationId, $"{conversationEvent.Id}/{account}/{delivery.Email.ToLowerInvariant()}"),
                Account = account,
                Kind = ConversationEventKind.Closed,
                InConversation = false,
                Rating = null,
                LeavesAccount = true,
            },
            emails: [delivery.Email]);
    }
}
