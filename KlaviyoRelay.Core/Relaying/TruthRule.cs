using System.Collections.Concurrent;
using KlaviyoRelay.Core.Clocks;
using KlaviyoRelay.Core.Conversations;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Telemetry;

namespace KlaviyoRelay.Core.Relaying;

/// <summary>
/// The second stage of a batch. An event says what happened; the profile property says what is true now. So an
/// event that is late (it was retried, released or recovered) asks the helpdesk before it sets the property, and
/// closing one of several conversations does not clear it.
/// </summary>
internal sealed class TruthRule(IEnumerable<IHelpdeskClient> clients, TimeProvider clock)
{
    private const int ParallelQuestions = 8;

    private static readonly TimeSpan Late = TimeSpan.FromMinutes(2);

    private readonly Dictionary<HelpdeskKind, IHelpdeskClient> _clients = clients.ToDictionary(client => client.Helpdesk);

    public async Task<IReadOnlyList<Delivery>> RunAsync(RelayBatch batch, IReadOnlyList<Delivery> deliveries, CancellationToken cancellationToken)
    {
        // Read once: an event must not become late between being asked about and being decided on.
        var now = clock.WallTime();
        var states = await ConfirmAsync(batch, [.. deliveries.Where(delivery => NeedsConfirmation(delivery, now))], cancellationToken);
        var confirmed = new List<Delivery>(deliveries.Count);
        foreach (var delivery in deliveries)
        {
            if (!NeedsConfirmation(delivery, now))
            {
                var inConversation = ByCount(delivery, now);
                confirmed.Add(inConversation == delivery.InConversation ? delivery : delivery with { InConversation = inConversation });
            }
            else if (states[ConversationKey.Of(delivery)] is ConversationState.Known known)
            {
                confirmed.Add(delivery with { InConversation = known.InConversation });
            }
            else if (states[ConversationKey.Of(delivery)] is ConversationState.Unasked)
            {
                confirmed.Add(delivery with { InConversation = Unconfirmed(delivery) });
            }
            else if (states[ConversationKey.Of(delivery)] is ConversationState.Failed failed)
            {
                batch.FailConfirmation(delivery, failed.Failure);
            }
        }

        return confirmed;
    }

    private static bool NeedsConfirmation(Delivery delivery, DateTimeOffset now) => SetsProperty(delivery) && delivery.OpenConversations is null && IsLate(delivery, now);

    /// <summary>The look-up may have counted the customer's open conversations: that decides when the event is late, or ends one of them.</summary>
    private static bool? ByCount(Delivery delivery, DateTimeOffset now) =>
        SetsProperty(delivery) && delivery.OpenConversations is { } open && (IsLate(delivery, now) || delivery.InConversation is false)
            ? open > 0
            : delivery.InConversation;

    /// <summary>
    /// A late close still clears the property, a late open leaves it alone: between a customer who gets a mail too
    /// many and one who never gets one again, the relay takes the first.
    /// </summary>
    private static bool? Unconfirmed(Delivery delivery) => delivery.InConversation is false ? false : null;

    private static bool SetsProperty(Delivery delivery) => delivery is { InConversation: not null, Connection.ProfileProperty: not null };

    private static bool IsLate(Delivery delivery, DateTimeOffset now) => delivery.Message.Attempts > 0 || now - delivery.Message.Event.OccurredAt > Late;

    private async Task<ConcurrentDictionary<ConversationKey, ConversationState>> ConfirmAsync(
        RelayBatch batch, IReadOnlyList<Delivery> deliveries, CancellationToken cancellationToken)
    {
        var states = new ConcurrentDictionary<ConversationKey, ConversationState>();
        if (deliveries.Count == 0)
        {
            // As nearly always; a loop in parallel over nothing would still start its threads.
            return states;
        }

        var parallel = new ParallelOptions { MaxDegreeOfParallelism = ParallelQuestions, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(deliveries.DistinctBy(ConversationKey.Of), parallel, async (delivery, token) =>
        {
            using var activity = RelayTracing.For("confirm conversation", delivery.Message);
            var client = _clients[delivery.Connection.Helpdesk];
            states[ConversationKey.Of(delivery)] = await client.ConfirmAsync(delivery.Connection, delivery.Message.Event, batch.Budget, token);
        });
        return states;
    }

    private readonly record struct ConversationKey(string Connection, string ConversationId, string CustomerId)
    {
        public static ConversationKey Of(Delivery delivery) => Of(delivery.Message.Event);

        private static ConversationKey Of(ConversationEvent conversationEvent) =>
            new(conversationEvent.Connection, conversationEvent.ConversationId, conversationEvent.CustomerId);
    }
}
