using System.Collections.Concurrent;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Core.Conversations.Relaying;

/// <summary>What the stages of one batch share: the time left, what could not be done, and which accounts refused.</summary>
/// <param name="budget">The time that is left.</param>
/// <param name="begunAt">When it began, before a helpdesk was asked.</param>
public sealed class RelayBatch(BatchBudget budget, DateTimeOffset begunAt)
{
    // 100 emails of 100 characters, each of 3 bytes at most, fit the smallest queue message (48 KiB on Azurite).
    private const int EmailsPerLetter = 100;

    private const int MostLooks = 3;

    private readonly ConcurrentQueue<(RelayMessage Message, string? Email, DeliveryFailure Failure)> _failures = new();
    private readonly ConcurrentDictionary<string, DeliveryFailure> _refusals = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DeliveryFailure> _lookUpRefusals = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<Delivery> _lookedAtAgain = new();
    private readonly ConcurrentQueue<(Delivery Delivery, string Account)> _leaving = new();
    private int _delivered;
    private int _skipped;

    public BatchBudget Budget { get; } = budget;

    public DateTimeOffset BegunAt { get; } = begunAt;

    /// <summary>The messages that are not done with, each with an email that it failed for; null for all of its emails.</summary>
    public IEnumerable<(RelayMessage Message, string? Email)> Failures => _failures.Select(failed => (failed.Message, failed.Email));

    /// <summary>Deliveries that may leave the property wrong. One can be in it twice.</summary>
    public IReadOnlyCollection<Delivery> LookedAtAgain => _lookedAtAgain;

    /// <summary>Accounts whose flag has to be cleared, each with the delivery that shows it.</summary>
    public IReadOnlyCollection<(Delivery Delivery, string Account)> Leaving => _leaving;

    /// <summary>What is left to do: one message for the emails that failed alike.</summary>
    public IEnumerable<FailedWork> FailedWork()
    {
        foreach (var alike in _failures.GroupBy(failed => (failed.Message, failed.Failure.Reason, failed.Failure.Detail)))
        {
            var failure = alike.MaxBy(failed => failed.Failure.RetryAfter ?? TimeSpan.Zero).Failure;
            if (alike.Any(failed => failed.Email is null))
            {
                yield return new(alike.Key.Message, failure);
                continue;
            }

            foreach (var emails in alike.Select(failed => failed.Email).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).Chunk(EmailsPerLetter))
            {
                yield return new(alike.Key.Message.With(emails), failure);
            }
        }
    }

    public int Delivered => _delivered;

    public int Skipped => _skipped;

    public void AddDelivered(int count = 1) => Interlocked.Add(ref _delivered, count);

    public void AddSkipped(int count) => Interlocked.Add(ref _skipped, count);

    /// <summary>What is written of the customer may be wrong, or become wrong in a moment: the helpdesk has to be asked once more.</summary>
    public void LookAgain(Delivery delivery)
    {
        // Each look is a request more, in an outage that may last for hours.
        if (delivery.SetsProperty && delivery.Message.Attempts < MostLooks)
        {
            _lookedAtAgain.Enqueue(delivery);
        }
    }

    /// <summary>The flag of another account is no longer true for the delivery's customer.</summary>
    public void Leave(Delivery delivery, string account) => _leaving.Enqueue((delivery, account));

    /// <summary>A whole message could not be relayed: its customer's emails are not known.</summary>
    public void Fail(RelayMessage message, DeliveryFailure failure) =>
        _failures.Enqueue((message, Email: null, failure));

    /// <summary>One email of a message did not get its event.</summary>
    public void Fail(Delivery delivery, DeliveryFailure failure)
    {
        if (failure.Reason is DeadLetterReason.Unauthorized or DeadLetterReason.Forbidden or DeadLetterReason.Outdated)
        {
            _refusals.TryAdd(delivery.Account.Name, failure);
        }

        _failures.Enqueue((delivery.Message, delivery.Email, failure));
    }

    /// <summary>One email could not be searched for. A 403 says only that the key may not read profiles: it may still send events.</summary>
    public void FailSearch(Delivery delivery, DeliveryFailure failure)
    {
        if (failure.Reason is DeadLetterReason.Unauthorized or DeadLetterReason.Outdated)
        {
            _refusals.TryAdd(delivery.Account.Name, failure);
        }

        FailConfirmation(delivery, failure);
    }

    /// <summary>The helpdesk did not say whether one email's customer is in a conversation, which says nothing about Klaviyo's key.</summary>
    public void FailConfirmation(Delivery delivery, DeliveryFailure failure) =>
        _failures.Enqueue((delivery.Message, delivery.Email, failure));

    /// <summary>Why the account refuses everything in this batch; null as long as it does not. Saves it from being hammered with a dead key.</summary>
    public DeliveryFailure? RefusalOf(KlaviyoAccount account) => _refusals.GetValueOrDefault(account.Name);

    /// <summary>The helpdesk refused the connection's credentials.</summary>
    public void RefuseLookUps(Connection connection, DeliveryFailure failure) => _lookUpRefusals.TryAdd(connection.Name, failure);

    /// <summary>Why the connection's helpdesk refuses every look-up in this batch; null as long as it does not.</summary>
    public DeliveryFailure? LookUpRefusalOf(Connection connection) => _lookUpRefusals.GetValueOrDefault(connection.Name);
}
