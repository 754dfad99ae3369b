using KlaviyoRelay.Core.Clocks;
using KlaviyoRelay.Core.Conversations.State;
using KlaviyoRelay.Core.Helpdesks;

namespace KlaviyoRelay.Core.Conversations.Relaying;

/// <summary>
/// The second stage of a batch. An event says what happened; the profile property says what is true for the customer
/// when it is written. The helpdesk is asked, or the record of conversations where it can't be.
/// </summary>
public sealed class PresentState(CustomerQuestions questions, ConversationRecord record, RecentConversations recent, Concurrency concurrency, TimeProvider clock)
{
    private const int ParallelUpdates = 16;

    // Each event changes a few rows, and the store writes 100 at once.
    private const int EventsPerUpdate = 25;

    // Longer than a batch takes whose helpdesk answers.
    private static readonly TimeSpan OldAnswer = TimeSpan.FromSeconds(5);

    /// <returns>The deliveries with their property; without those whose customer's state can't be had now.</returns>
    public async Task<IReadOnlyList<Delivery>> RunAsync(RelayBatch batch, IReadOnlyList<Delivery> deliveries, CancellationToken cancellationToken)
    {
        var moving = deliveries.Where(delivery => delivery.SetsProperty).ToList();
        if (moving.Count == 0)
        {
            return deliveries;
        }

        var now = clock.WallTime();
        var answers = await questions.AskAsync(batch, moving, now, cancellationToken);
        var states = answers.States;
        var decided = new Dictionary<Delivery, bool?>(moving.Count, ReferenceEqualityComparer.Instance);
        var recorded = new List<Delivery>();
        foreach (var delivery in moving)
        {
            switch (states[ConversationKey.Of(delivery)])
            {
                case ConversationState.Failed failed:
                    batch.FailConfirmation(delivery, failed.Failure);
                    break;
                case ConversationState.Known known when !delivery.Connection.HasSeveralAccounts:
                    decided[delivery] = known.InConversation;
                    break;
                case ConversationState.Unknown:
                    decided[delivery] = FlagDecision.OfFresh(delivery, now);
                    break;
                default:
                    recorded.Add(delivery);
                    break;
            }
        }

        foreach (var (delivery, value) in await DecideByRecordAsync(batch, recorded, states, now, cancellationToken))
        {
            decided[delivery] = value;
        }

        AskAgain(batch, decided, answers);
        return [.. deliveries.Where(delivery => !delivery.SetsProperty || decided.ContainsKey(delivery)).Select(delivery => With(delivery, decided))];
    }

    private static Delivery With(Delivery delivery, Dictionary<Delivery, bool?> decided) =>
        decided.TryGetValue(delivery, out var value) && value != delivery.InConversation ? delivery with { Event = delivery.Event with { InConversation = value } } : delivery;

    /// <summary>
    /// A helpdesk's answer may lag its webhooks: a fresh event that it contradicts, or that came after a later one, is
    /// looked at once more, a little later. It was asked after the batch began, and may have been waited for since: then
    /// another account's session may have relayed what is newer.
    /// </summary>
    private void AskAgain(RelayBatch batch, Dictionary<Delivery, bool?> decided, CustomerAnswers answers)
    {
        var hasWaited = clock.WallTime() - batch.BegunAt > OldAnswer;
        foreach (var (delivery, value) in decided)
        {
            var key = ConversationKey.Of(delivery);
            if ((value != delivery.InConversation || answers.Overtaken.Contains(key))
                && (CustomerQuestions.MayLag(delivery, batch.BegunAt) || (hasWaited && delivery.Connection.HasSeveralAccounts))
                && answers.States[key] is ConversationState.Known or ConversationState.Single)
            {
                batch.LookAgain(delivery);
            }
        }
    }

    private async Task<IReadOnlyList<(Delivery Delivery, bool? Value)>> DecideByRecordAsync(
        RelayBatch batch,
        List<Delivery> deliveries,
        IReadOnlyDictionary<ConversationKey, ConversationState> states,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        if (deliveries.Count == 0)
        {
            return [];
        }

        var decided = new List<(Delivery, bool?)>(deliveries.Count);
        var gate = new Lock();
        var customers = deliveries.GroupBy(delivery => (delivery.Connection.Name, delivery.Email.ToLowerInvariant())).Select(group => group.ToList()).ToList();
        await concurrency.ForEachAsync(customers, ParallelUpdates, async (customer, token) =>
        {
            foreach (var some in customer.Chunk(EventsPerUpdate))
            {
                var values = await DecideCustomerAsync(batch, [.. some], states, now, token);
                lock (gate)
                {
                    decided.AddRange(values);
                }
            }
        }, cancellationToken);
        return decided;
    }

    private async Task<IReadOnlyList<(Delivery Delivery, bool? Value)>> DecideCustomerAsync(
        RelayBatch batch,
        List<Delivery> customer,
        IReadOnlyDictionary<ConversationKey, ConversationState> states,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var (connection, email) = (customer[0].Connection, customer[0].Email);
        var update = await record.UpdateAsync(
            connection.Name, email, (known, began) => new CustomerDecision(connection, known, began, now).Decide(customer, states, recent), cancellationToken);
        switch (update)
        {
            case RecordUpdate<CustomerDecision.Outcome>.Done done:
                foreach (var account in done.Result.Left)
                {
                    batch.Leave(customer[^1], account);
                }

                return done.Result.Values;
            case RecordUpdate<CustomerDecision.Outcome>.NotProvisioned:
                return [.. customer.Select(delivery => (delivery, WithoutRecord(delivery, states[ConversationKey.Of(delivery)], now)))];
            case RecordUpdate<CustomerDecision.Outcome>.Failed failed:
                customer.ForEach(delivery => batch.FailConfirmation(delivery, failed.Failure));
                return [];
            default:
                throw new InvalidOperationException("The record returned an unknown kind of update.");
        }
    }

    private bool? WithoutRecord(Delivery delivery, ConversationState state, DateTimeOffset now) => state is ConversationState.Unasked
        ? FlagDecision.WithoutRecord(delivery, now)
        : recent.Use(delivery.Connection.Name, delivery.Message.Event.CustomerId, known => FlagDecision.Decide(delivery, state, known, isRecorded: false, now));
}
