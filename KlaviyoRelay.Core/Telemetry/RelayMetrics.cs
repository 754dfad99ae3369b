using System.Diagnostics.Metrics;

namespace KlaviyoRelay.Core.Telemetry;

/// <summary>
/// What the relay counts and measures: one method per fact. docs/telemetry.md says what each means.
/// </summary>
public sealed class RelayMetrics
{
    // From a delivery at once to an event that was given up after a day.
    private static readonly HistogramBuckets Seconds = new(0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 900, 3600, 14400, 86400);

    private static readonly HistogramBuckets Messages = new(1, 2, 5, 10, 25, 50, 100, 200, 400);

    private readonly Counter<long> _webhooks;
    private readonly Counter<long> _delivered;
    private readonly Counter<long> _duplicated;
    private readonly Counter<long> _deadLettered;
    private readonly Counter<long> _recovered;
    private readonly Counter<long> _skippedEmails;
    private readonly Counter<long> _rows;
    private readonly Counter<long> _unprotected;
    private readonly Counter<long> _lookups;
    private readonly Counter<long> _unreadable;
    private readonly Counter<long> _recoveredUnreadable;
    private readonly Histogram<double> _latency;
    private readonly Histogram<double> _queueWait;
    private readonly Histogram<double> _batchDuration;
    private readonly Histogram<double> _batchSize;
    private readonly Counter<long> _secretsRead;
    private readonly Counter<long> _secretsFailed;

    public RelayMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(RelayTelemetry.Name, RelayTelemetry.Version);
        _webhooks = meter.CreateCounter<long>(RelayMetricNames.Webhooks, "{webhook}", "Webhooks received, by outcome");
        _delivered = meter.CreateCounter<long>(RelayMetricNames.EventsDelivered, "{event}", "Events that Klaviyo accepted, one per email");
        _duplicated = meter.CreateCounter<long>(RelayMetricNames.EventsDuplicated, "{event}", "Events that the relay knows to have seen twice, by reason");
        _deadLettered = meter.CreateCounter<long>(RelayMetricNames.EventsDeadLettered, "{event}", "Events sent to a dead-letter queue, by reason");
        _recovered = meter.CreateCounter<long>(RelayMetricNames.EventsRecovered, "{event}", "Events from a helpdesk's record that were queued; most are repeats");
        _skippedEmails = meter.CreateCounter<long>(RelayMetricNames.EmailsSkipped, "{email}", "Emails that got no event, by reason");
        _rows = meter.CreateCounter<long>(RelayMetricNames.Rows, "{row}", "Rows of runs that have ended, by outcome");
        _unprotected = meter.CreateCounter<long>(RelayMetricNames.AuditUnprotected, "{item}", "Flows and campaigns that an audit found unprotected, and the one before did not");
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

    public void Webhook(string connection, string outcome) => _webhooks.Add(1, new(RelayTags.Connection, connection), new(RelayTags.Outcome, outcome));

    /// <summary>Not with the name it asked for: a sender that guesses names would choose what is counted.</summary>
    public void WebhookOfUnknownConnection(string outcome) => _webhooks.Add(1, Tag(RelayTags.Outcome, outcome));

    /// <summary>Klaviyo accepted events, one for each of some emails.</summary>
    public void Delivered(string account, int count) => _delivered.Add(count, Tag(RelayTags.Account, account));

    /// <summary>How long after its webhook an event was accepted; late when it had been tried before.</summary>
    public void Latency(string account, TimeSpan latency, bool isLate) =>
        _latency.Record(latency.TotalSeconds, new(RelayTags.Account, account), new(RelayTags.Late, isLate ? "true" : "false"), Seconds.Of(latency.TotalSeconds));

    public void Duplicated(string account, string reason, int count)
    {
        if (count > 0)
        {
            _duplicated.Add(count, new(RelayTags.Account, account), new(RelayTags.Reason, reason));
        }
    }

    public void EmailsSkipped(string connection, string reason, int count) =>
        _skippedEmails.Add(count, new(RelayTags.Connection, connection), new(RelayTags.Reason, reason));

    /// <summary>A queue took what is left of an event.</summary>
    /// <param name="account">The account.</param>
    /// <param name="reason">Why it waits.</param>
    /// <param name="events">How many emails wait; 1 when they are not known.</param>
    public void DeadLettered(string account, string queue, string reason, int events) =>
        _deadLettered.Add(events, new(RelayTags.Account, account), new(RelayTags.Queue, queue), new(RelayTags.Reason, reason));

    /// <summary>A run has ended, and rows of it so.</summary>
    /// <param name="sync">The sync.</param>
    /// <param name="outcome">One of <see cref="RowOutcomes"/>.</param>
    /// <param name="count">How many rows; none are not counted.</param>
    public void RowsEnded(string sync, string outcome, int count)
    {
        if (count > 0)
        {
            _rows.Add(count, new(RelayTags.Sync, sync), new(RelayTags.Outcome, outcome));
        }
    }

    /// <summary>An audit found so many that are unprotected, and were not so at the audit before; none are not counted.</summary>
    public void FoundUnprotected(string account, int count)
    {
        if (count > 0)
        {
            _unprotected.Add(count, Tag(RelayTags.Account, account));
        }
    }

    public void LookedUp(string connection, string outcome) => _lookups.Add(1, new(RelayTags.Connection, connection), new(RelayTags.Outcome, outcome));

    public void BatchRead(string account, int messages) => _batchSize.Record(messages, Tag(RelayTags.Account, account), Messages.Of(messages));

    /// <summary>How long a message waited that was not tried before.</summary>
    public void QueueWait(string account, TimeSpan wait) => _queueWait.Record(wait.TotalSeconds, Tag(RelayTags.Account, account), Seconds.Of(wait.TotalSeconds));

    public void BatchDone(string account, TimeSpan duration) =>
        _batchDuration.Record(duration.TotalSeconds, Tag(RelayTags.Account, account), Seconds.Of(duration.TotalSeconds));

    public void Unreadable(int count) => _unreadable.Add(count);

    public void Recovered(string connection, int count) => _recovered.Add(count, Tag(RelayTags.Connection, connection));

    public void RecoveredUnreadable(string connection, int count) => _recoveredUnreadable.Add(count, Tag(RelayTags.Connection, connection));

    public void SecretRead() => _secretsRead.Add(1);

    public void SecretFailed(string reason) => _secretsFailed.Add(1, Tag(RelayTags.Reason, reason));

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
