using KlaviyoRelay.Core.Clocks;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Core.Conversations.Relaying;

/// <summary>Queues what a batch leaves to do for the profile property. The ids are derived, so a batch that is read twice queues it once.</summary>
public sealed class FollowUps(IEventQueue queue, WriteVersion version, TimeProvider clock)
{
    private const int EmailsPerMessage = 100;

    // By then a helpdesk's answer has caught up with its webhook, and Klaviyo has carried out most late requests. The flag has
    // to be right within a minute.
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(30);

    /// <summary>What the queue does not take becomes a dead letter of the batch, so that it holds up nothing else.</summary>
    public async Task SendAsync(RelayBatch batch, CancellationToken cancellationToken)
    {
        IReadOnlyList<RelayMessage> leaving = [.. batch.Leaving.Select(one => Leave(one.Delivery, one.Account))];
        IReadOnlyList<(RelayMessage Message, QueueMessage Queued)> followUps =
            [.. LookAgain(batch), .. leaving.Select(message => (message, MessageWriter.ToQueueMessage(message)))];
        if (followUps.Count == 0)
        {
            return;
        }

        try
        {
            await queue.SendAsync(QueueNames.ConversationEvents, [.. followUps.Select(one => one.Queued)], cancellationToken);
        }
        catch (QueueUnavailableException exception)
        {
            foreach (var (message, _) in followUps.Skip(exception.Accepted))
            {
                batch.Fail(message, new DeliveryFailure(DeadLetterReason.Unavailable, exception.Message));
            }
        }
    }

    /// <summary>The same event once more. Klaviyo drops it as a repeat and sets the property.</summary>
    private IEnumerable<(RelayMessage Message, QueueMessage Queued)> LookAgain(RelayBatch batch)
    {
        // What was not delivered asks again when it comes back.
        var failed = batch.Failures.ToHashSet();
        return batch.LookedAtAgain
            .Where(delivery => !failed.Contains((delivery.Message, delivery.Email)))
            .GroupBy(delivery => delivery.Message)
            .SelectMany(message => message.Select(delivery => delivery.Email).Distinct(StringComparer.OrdinalIgnoreCase).Chunk(EmailsPerMessage).Select((emails, number) => LookAgain(message.Key, emails, number)));
    }

    private (RelayMessage Message, QueueMessage Queued) LookAgain(RelayMessage message, string[] emails, int number)
    {
        // Not measured as a delivery of the webhook: that was the first one.
        var again = message.With(emails) with { Version = version.Number, Attempts = message.Attempts + 1, AcceptedAt = null };
        return (again, MessageWriter.ToQueueMessage(again) with
        {
            // Not the id of a released letter with the same emails, nor of another attempt's look, which the broker would then drop.
            MessageId = ConversationEventId.Of(message.Event.Connection, "look again", message.Event.ConversationId, $"{message.Event.Id}/{message.Attempts}/{number}"),
            NotBefore = clock.WallTime() + LookAgainAfter,
        });
    }

    private RelayMessage Leave(Delivery delivery, string account)
    {
        var conversationEvent = delivery.Message.Event;
        var leaves = new ConversationWork(
            conversationEvent with
            {
                Id = ConversationEventId.Of(conversationEvent.Connection, "leaves account", conversationEvent.ConversationId, $"{conversationEvent.Id}/{account}/{delivery.Email.ToLowerInvariant()}"),
                Account = account,
                Kind = ConversationEventKind.Closed,
                InConversation = false,
                Rating = null,
                LeavesAccount = true,
            },
            [delivery.Email]);
        return RelayMessage.Fresh(leaves, version: version.Number);
    }
}
