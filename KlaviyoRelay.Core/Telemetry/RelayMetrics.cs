using System.Diagnostics.Metrics;
using KlaviyoRelay.Core.Conversations;
using KlaviyoRelay.Core.DeadLetters;
using KlaviyoRelay.Core.Queueing;
using KlaviyoRelay.Core.Relaying;
using KlaviyoRelay.Core.Secrets;

namespace KlaviyoRelay.Core.Telemetry;

/// <summary>
/// What the relay counts and measures: one method per fact. docs/telemetry.md says what each means. What happens to a
/// single event goes to the <see cref="RelayObserver"/> too.
/// </summary>
internal sealed class RelayMetrics
{
    // From a delivery at once to an event that was given up after a day.
    private static readonly HistogramBuckets Seconds = new(0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 900, 3600, 14400, 86400);

    private static readonly HistogramBuckets Messages = new(1, 2, 5, 10, 25, 50, 100, 200, 400);

    private readonly RelayObserver _observer;
    private readonly Counter<long> _webhooks;
    private readonly Counter<long> _delivered;
    private readonly Counter<long> _duplicated;
    private readonly Counter<long> _deadLettered;
    private readonly Counter<long> _recovered;
    private readonly Counter<long> _skippedEmails;
    private readonly Counter<long> _lookups;
    private readonly Counter<long> _unreadable;
    private readonly Counter<long> _recoveredUnreadable;
    private readonly Histogram<double> _latency;
    private readonly Histogram<double> _queueWait;
    private readonly Histogram<double> _batchDuration;
    private readonly Histogram<double> _batchSize;
    private readonly Counter<long> _secretsRead;
    private readonly Counter<long> _secretsFailed;

    public RelayMetrics(IMeterFactory meters, RelayObserver observer)
    {
        _observer = observer;
        var meter = meters.Create(RelayTelemetry.Name, RelayTelemetry.Version);
        _webhooks = meter.CreateCounter<long>(RelayMetricNames.Webhooks, "{webhook}", "Webhooks received, by outcome");
        _delivered = meter.CreateCounter<long>(RelayMetricNames.EventsDelivered, "{event}", "Events that Klaviyo accepted, one per email");
        _duplicated = meter.CreateCounter<long>(RelayMetricNames.EventsDuplicated, "{event}", "Events that the relay knows to have seen twice, by reason");
        _deadLettered = meter.CreateCounter<long>(RelayMetricNames.EventsDeadLettered, "{event}", "Events sent to a dead-letter queue, by reason");
        _recovered = meter.CreateCounter<long>(RelayMetricNames.EventsRecovered, "{event}", "Events from a helpdesk's record that were queued; most are repeats");
        _skippedEmails = meter.CreateCounter<long>(RelayMetricNames.EmailsSkipped, "{email}", "Emails that got no event, by reason");
        _lookups = meter.CreateCounter<long>(RelayMetricNames.Lookups, "{request}", "Customers looked up in a helpdesk, by outcome");
        _unreadable = meter.CreateCounter<long>(RelayMetricNames.MessagesUnreadable, "{message}", "Queue messages that could not be read");
        _recoveredUnreadable = meter.CreateCounter<long>(RelayMetricNames.RecoveryUnreadable, "{line}", "Lines of a helpdesk's record that could not be read");
        _latency = meter.CreateHistogram(RelayMetricNames.EventLatency, "s", "From the webhook's acceptance to Klaviyo's", tags: null, Seconds.Advice);
        _queueWait = meter.CreateHistogram(RelayMetricNames.QueueWait, "s", "From the webhook's acceptance to the batch that reads its event first", tags: null, Seconds.Advice);
        _batchDuration = meter.CreateHistogram(RelayMetricNames.BatchDuration, "s", "How long a batch took", tags: null, Seconds.Advice);
        _batchSize = meter.CreateHistogram(RelayMetricNames.BatchSize, "{message}", "How many messages a batch held", tags: null, Messages.Advice);
        _secretsRead = meter.CreateCounter<long>(RelayMetricNames.SecretsRefreshed, "{read}", "Secrets read from Key Vault");
        _secretsFailed = meter.CreateCounter<long>(RelayMetricNames.SecretsFailed, "{read}", "Secrets that could not be read from Key Vault, by reason");
    }

    public void Webhook(string connection, string outcome)
    {
        _webhooks.Add(1, new(RelayTags.Connection, connection), new(RelayTags.Outcome, outcome));
        _observer.WebhookAnswered(connection, outcome);
    }

    /// <summary>Not with the name it asked for: whoever guesses names would choose what is counted.</summary>
    public void WebhookOfUnknownConnection(string outcome)
    {
        _webhooks.Add(1, Tag(RelayTags.Outcome, outcome));
        _observer.WebhookAnswered(null, outcome);
    }

    /// <summary>The queue has a webhook's events.</summary>
    public void Accepted(IReadOnlyList<ConversationEvent> events)
    {
        foreach (var happened in events)
        {
            _observer.Accepted(happened);
        }
    }

    /// <summary>It is known to whom a message's event goes.</summary>
    public void FannedOut(RelayMessage message, int emails) => _observer.FannedOut(message.Event, emails);

    /// <summary>Klaviyo accepted events, one for each of some emails.</summary>
    /// <param name="account">The account.</param>
    /// <param name="deliveries">The events.</param>
    /// <param name="now">The time.</param>
    public void Delivered(string account, IReadOnlyCollection<Delivery> deliveries, DateTimeOffset now)
    {
        _delivered.Add(deliveries.Count, Tag(RelayTags.Account, account));
        foreach (var delivery in deliveries)
        {
            var message = delivery.Message;
            var latency = Since(message.AcceptedAt, now);
            _observer.Delivered(message.Event, delivery.Email, latency is { } known ? TimeSpan.FromSeconds(known) : null);
            if (latency is { } seconds)
            {
                _latency.Record(seconds, new(RelayTags.Account, account), new(RelayTags.Late, message.Attempts > 0 ? "true" : "false"), Seconds.Of(seconds));
            }
        }
    }

    public void Duplicated(string account, string reason, int count)
    {
        if (count > 0)
        {
            _duplicated.Add(count, new(RelayTags.Account, account), new(RelayTags.Reason, reason));
        }
    }

    public void EmailsSkipped(string connection, string reason, int count) =>
        _skippedEmails.Add(count, new(RelayTags.Connection, connection), new(RelayTags.Reason, reason));

    public void EmailsSkipped(RelayMessage message, string reason, int count)
    {
        EmailsSkipped(message.Event.Connection, reason, count);
        _observer.Skipped(message.Event, reason, count);
    }

    public void DeadLettered(string queue, DeadLetter letter)
    {
        _deadLettered.Add(
            letter.Emails?.Count ?? 1,
            new(RelayTags.Account, letter.Event.Account),
            new(RelayTags.Queue, queue),
            new(RelayTags.Reason, DeadLetterReasons.NameOf(letter.Reason)));
        _observer.DeadLettered(queue, letter);
    }

    /// <summary>A letter's time has come, and the queue has its event again.</summary>
    public void Released(DeadLetter letter) => _observer.Released(letter);

    public void LookedUp(string connection, string outcome) => _lookups.Add(1, new(RelayTags.Connection, connection), new(RelayTags.Outcome, outcome));

    /// <summary>A batch was read: how many messages, and how long those waited that were not tried before.</summary>
    public void BatchRead(IReadOnlyList<RelayMessage> messages, DateTimeOffset now)
    {
        if (messages is not [var first, ..])
        {
            return;
        }

        // A batch is of one session, and so of one account.
        _batchSize.Record(messages.Count, Tag(RelayTags.Account, first.Event.Account), Messages.Of(messages.Count));
        foreach (var message in messages)
        {
            _observer.Taken(message.Event, message.Attempts);
            if (message.Attempts == 0 && Since(message.AcceptedAt, now) is { } wait)
            {
                _queueWait.Record(wait, Tag(RelayTags.Account, message.Event.Account), Seconds.Of(wait));
            }
        }
    }

    public void BatchDone(IReadOnlyList<RelayMessage> messages, TimeSpan duration)
    {
        if (messages is [var first, ..])
        {
            _batchDuration.Record(duration.TotalSeconds, Tag(RelayTags.Account, first.Event.Account), Seconds.Of(duration.TotalSeconds));
        }
    }

    public void Unreadable(int count) => _unreadable.Add(count);

    public void Recovered(string connection, IReadOnlyList<ConversationEvent> events)
    {
        _recovered.Add(events.Count, Tag(RelayTags.Connection, connection));
        foreach (var happened in events)
        {
            _observer.Recovered(happened);
        }
    }

    public void RecoveredUnreadable(string connection, int count) => _recoveredUnreadable.Add(count, Tag(RelayTags.Connection, connection));

    public void SecretRead() => _secretsRead.Add(1);

    public void SecretFailed(SecretProblem problem) => _secretsFailed.Add(1, Tag(RelayTags.Reason, problem switch
    {
        SecretProblem.Missing => "missing",
        SecretProblem.Forbidden => "forbidden",
        SecretProblem.Malformed => "malformed",
        _ => "unreachable",
    }));

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);

    // Instances' clocks differ a little.
    private static double? Since(DateTimeOffset? then, DateTimeOffset now) => then is { } time ? Math.Max(0, (now - time).TotalSeconds) : null;
}
