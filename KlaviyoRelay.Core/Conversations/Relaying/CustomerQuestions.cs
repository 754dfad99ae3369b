using System.Collections.Concurrent;
using KlaviyoRelay.Core.Clocks;
using KlaviyoRelay.Core.Conversations.State;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Telemetry;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Core.Conversations.Relaying;

/// <summary>
/// Finds out which customers of a batch are in a conversation: by what the look-up counted, by the events in hand, or by
/// asking the helpdesk, once per customer.
/// </summary>
public sealed class CustomerQuestions(IEnumerable<IHelpdeskClient> clients, RecentConversations recent, RelayMetrics metrics, Concurrency concurrency)
{
    private const int ParallelQuestions = 8;

    // A helpdesk that repeats a webhook waits longer than this: 30 s or more.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(20);

    // A helpdesk's answer may not have what its webhooks have told within this time.
    public static readonly TimeSpan Lag = TimeSpan.FromSeconds(30);

    // Clocks differ; an event from further in the future proves nothing.
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, IHelpdeskClient> _clients = clients.ToDictionary(client => client.Helpdesk, StringComparer.Ordinal);

    /// <summary>Whether it happened just now and is on its first way: nothing that came since can be known of.</summary>
    public static bool IsFresh(Delivery delivery, DateTimeOffset now) => delivery.Message.Attempts == 0 && MayLag(delivery, now);

    /// <summary>Whether it happened just now: the helpdesk's answer may not have it yet. A letter can be redriven as soon as that.</summary>
    public static bool MayLag(Delivery delivery, DateTimeOffset now) =>
        now - delivery.Message.Event.OccurredAt <= Fresh && delivery.Message.Event.OccurredAt - now <= Ahead;

    /// <returns>What is true for the customer of each delivery.</returns>
    public async Task<CustomerAnswers> AskAsync(
        RelayBatch batch, IReadOnlyList<Delivery> deliveries, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var states = new ConcurrentDictionary<ConversationKey, ConversationState>();
        var overtaken = new HashSet<ConversationKey>();
        // What is asked depends on the message alone, not on its emails.
        var messages = deliveries.DistinctBy(delivery => delivery.Message, ReferenceEqualityComparer.Instance);
        var customers = messages.GroupBy(CustomerKey.Of).Where(customer => !IsAnswered(customer, now, states, overtaken)).ToList();
        await concurrency.ForEachAsync(customers, ParallelQuestions, (customer, token) => AskAsync(batch, customer, states, token), cancellationToken);
        return new CustomerAnswers(states, overtaken);
    }

    private async Task AskAsync(
        RelayBatch batch, IEnumerable<Delivery> customer, ConcurrentDictionary<ConversationKey, ConversationState> states, CancellationToken cancellationToken)
    {
        ConversationState? ofCustomer = null;
        foreach (var delivery in customer.DistinctBy(ConversationKey.Of))
        {
            var state = ofCustomer ?? await AskAsync(batch, delivery, cancellationToken);
            states[ConversationKey.Of(delivery)] = state;
            ofCustomer = state is ConversationState.Single ? null : state;
        }
    }

    private async Task<ConversationState> AskAsync(RelayBatch batch, Delivery delivery, CancellationToken cancellationToken)
    {
        if (batch.LookUpRefusalOf(delivery.Connection) is { } refusal)
        {
            return new ConversationState.Failed(refusal);
        }

        using var activity = WorkTracing.For("confirm conversation", delivery.Message);
        var state = await _clients[delivery.Connection.Helpdesk.Name].AskAsync(delivery.Connection, delivery.Message.Event, batch.Budget, cancellationToken);
        activity?.Ended((state as ConversationState.Failed)?.Failure);
        if (state is not ConversationState.Unasked)
        {
            metrics.LookedUp(delivery.Connection.Name, LookupOutcomes.Of(state));
        }

        return state;
    }

    private bool IsAnswered(
        IGrouping<CustomerKey, Delivery> customer, DateTimeOffset now, ConcurrentDictionary<ConversationKey, ConversationState> states, HashSet<ConversationKey> overtaken)
    {
        var isProven = IsProven(customer, now, overtaken);
        var answer = customer.Select(delivery => delivery.OpenConversations).FirstOrDefault(count => count is not null) is { } open
            ? new ConversationState.Known(open > 0)
            : isProven ? new ConversationState.Known(true) : null;
        if (answer is null)
        {
            return false;
        }

        foreach (var delivery in customer)
        {
            states[ConversationKey.Of(delivery)] = answer;
        }

        return true;
    }

    /// <summary>
    /// The customer's one event is a new conversation, too young to be a repeat, and this process has seen nothing that
    /// happened later, though it would have.
    /// </summary>
    private bool IsProven(IGrouping<CustomerKey, Delivery> customer, DateTimeOffset now, HashSet<ConversationKey> overtaken) => recent.Use(customer.Key.Connection, customer.Key.Id, known =>
    {
        var events = customer.Select(delivery => delivery.Message.Event).DistinctBy(one => one.Id).ToList();
        var isProven = events is [{ Kind: ConversationEventKind.Opened, InConversation: true, CustomerId.Length: > 0 } only]
            && customer.All(delivery => IsFresh(delivery, now))
            && only.OccurredAt >= recent.Since
            && !known.Knows(only)
            && !known.KnowsOfSince(only.OccurredAt);
        overtaken.UnionWith(customer
            .Where(delivery => delivery.Message.Event.OccurredAt < recent.Since
                || known.KnowsOfAfter(delivery.Message.Event.OccurredAt)
                || (delivery.InConversation is false && (recent.Since > now - Lag || known.HasOtherOpenSince(delivery.Message.Event, now - Lag))))
            .Select(ConversationKey.Of));
        events.ForEach(known.Observe);
        return isProven;
    });

    private readonly record struct CustomerKey(string Connection, string Id)
    {
        // Without a customer's id, each conversation is a customer.
        public static CustomerKey Of(Delivery delivery) => delivery.Message.Event is { CustomerId.Length: > 0 } known
            ? new(known.Connection, known.CustomerId)
            : new(delivery.Message.Event.Connection, $"conversation {delivery.Message.Event.ConversationId}");
    }
}

/// <summary>One conversation of one customer.</summary>
public readonly record struct ConversationKey(string Connection, string ConversationId, string CustomerId)
{
    public static ConversationKey Of(Delivery delivery) =>
        new(delivery.Message.Event.Connection, delivery.Message.Event.ConversationId, delivery.Message.Event.CustomerId);
}

/// <summary>What is true for the customers of a batch.</summary>
/// <param name="States">By the conversation of the event that asks.</param>
/// <param name="Overtaken">
/// Conversations whose event came after one that happened later, or soon after another was opened, as far as this process
/// knows: the helpdesk's answer may be without that one.
/// </param>
public sealed record CustomerAnswers(IReadOnlyDictionary<ConversationKey, ConversationState> States, IReadOnlySet<ConversationKey> Overtaken);
