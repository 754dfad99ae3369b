using KlaviyoRelay.Core.Conversations.State;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Core.Conversations.Relaying;

/// <summary>Takes one customer's events of a batch into the record and decides the flag by it. Pure but for the record.</summary>
/// <param name="connection">Whose events they are.</param>
/// <param name="known">The customer's conversations, which it changes.</param>
/// <param name="began">Since when the record is kept.</param>
public sealed class CustomerDecision(Connection connection, CustomerConversations known, DateTimeOffset began, DateTimeOffset now)
{
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);
    private static readonly DateTimeOffset Oldest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="deliveries">The customer's deliveries, in order.</param>
    /// <param name="states">What the helpdesk says.</param>
    /// <param name="recent">What this process relayed lately.</param>
    public Outcome Decide(IReadOnlyList<Delivery> deliveries, IReadOnlyDictionary<ConversationKey, ConversationState> states, RecentConversations recent)
    {
        var unrecorded = deliveries.Where(IsUnrecorded).ToHashSet(ReferenceEqualityComparer.Instance);
        foreach (var delivery in deliveries)
        {
            if (states[ConversationKey.Of(delivery)] is ConversationState.Single)
            {
                recent.Use(connection.Name, delivery.Message.Event.CustomerId, lately => { known.Add(lately); return true; });
            }

            // A late opening whose close may have gone by before the record began is no proof of an open conversation.
            if (!unrecorded.Contains(delivery) || delivery.Message.Event.Kind == ConversationEventKind.Closed || !FlagDecision.IsLate(delivery, now))
            {
                known.Observe(Dated(delivery.Message));
            }
        }

        var values = deliveries.Select(delivery => (
            Delivery: delivery,
            Value: FlagDecision.Decide(delivery, states[ConversationKey.Of(delivery)], known, isRecorded: !unrecorded.Contains(delivery), now))).ToList();
        return new Outcome(values, connection.HasSeveralAccounts ? Left(values, states) : []);
    }

    /// <summary>
    /// A helpdesk's clock that goes wrong must not make one event the newest for ever, nor be of a time that no table takes.
    /// It may be this machine's clock that is wrong. Often another machine received the webhook: if its clock agrees with the
    /// helpdesk's, the time is right. If not, the event counts as it arrives, after what is known.
    /// </summary>
    private ConversationEvent Dated(RelayMessage message)
    {
        var happened = message.Event;
        var latest = message.AcceptedAt > now ? message.AcceptedAt.Value : now;
        return happened.OccurredAt > latest + Ahead ? happened with { OccurredAt = known.ChangedAt(happened) is { } newest && newest > latest ? newest : latest }
            : happened.OccurredAt < Oldest ? happened with { OccurredAt = Oldest }
            : happened;
    }

    /// <summary>The conversation is not in the record because it is too old for it: then the event counts as if there were no record.</summary>
    private bool IsUnrecorded(Delivery delivery)
    {
        var message = delivery.Message;
        return !known.Knows(message.Event)
            && ((message.AcceptedAt ?? message.FirstFailureAt ?? now) < began || message.Event.OccurredAt < now - ConversationExpiry.Closed);
    }

    /// <summary>Other accounts in which the flag is set and no longer true.</summary>
    private List<string> Left(List<(Delivery Delivery, bool? Value)> values, IReadOnlyDictionary<ConversationKey, ConversationState> states)
    {
        var (last, value) = values[^1];
        foreach (var (delivery, set) in values)
        {
            if (set is { } flag)
            {
                known.SetFlag(delivery.Account.Name, flag, now);
            }
        }

        var isRecord = states[ConversationKey.Of(last)] is ConversationState.Unasked;
        return known.FlaggedAccounts
            .Where(account => account != last.Account.Name && connection.Accounts.Contains(account))
            // The helpdesk's answer may not have a conversation yet that the record has.
            .Where(account => isRecord ? !known.IsOpen(account) : value is false && !known.HasOtherOpenSince(last.Message.Event, now - CustomerQuestions.Lag, account))
            .ToList();
    }

    /// <summary>What was decided.</summary>
    /// <param name="Values">What each delivery's property is set to; null leaves it alone.</param>
    /// <param name="Left">Accounts whose flag has to be cleared.</param>
    public sealed record Outcome(IReadOnlyList<(Delivery Delivery, bool? Value)> Values, IReadOnlyList<string> Left);
}
