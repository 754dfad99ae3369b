using System.Diagnostics.Metrics;
using KlaviyoRelay.Core.DeadLetters;

namespace KlaviyoRelay.Core.Telemetry;

/// <summary>What the relay counts: one method per fact.</summary>
internal sealed class RelayMetrics
{
    private const string Connection = "relay.connection";
    private const string Account = "relay.account";
    private const string Reason = "relay.reason";
    private const string Outcome = "relay.outcome";

    private readonly Counter<long> _webhooks;
    private readonly Counter<long> _delivered;
    private readonly Counter<long> _skippedEmails;
    private readonly Counter<long> _deadLettered;
    private readonly Counter<long> _lookups;
    private readonly Counter<long> _unreadable;
    private readonly Counter<long> _recovered;
    private readonly Counter<long> _recoveredUnreadable;

    public RelayMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(RelayTelemetry.Name, RelayTelemetry.Version);
        _webhooks = meter.CreateCounter<long>("relay.webhooks", "{webhook}", "Webhooks received, by outcome");
        _delivered = meter.CreateCounter<long>("relay.events.delivered", "{event}", "Events that Klaviyo accepted, one per email");
        _skippedEmails = meter.CreateCounter<long>("relay.emails.skipped", "{email}", "Emails that got no event, by reason");
        _deadLettered = meter.CreateCounter<long>("relay.events.dead_lettered", "{event}", "Events sent to a dead-letter queue, by reason");
        _lookups = meter.CreateCounter<long>("relay.lookups", "{request}", "Customers looked up in a helpdesk");
        _unreadable = meter.CreateCounter<long>("relay.messages.unreadable", "{message}", "Queue messages that could not be read");
        _recovered = meter.CreateCounter<long>("relay.events.recovered", "{event}", "Events from a helpdesk's record that were queued; most are repeats");
        _recoveredUnreadable = meter.CreateCounter<long>("relay.recovery.unreadable", "{line}", "Lines of a helpdesk's record that could not be read");
    }

    public void Webhook(string connection, string outcome) => _webhooks.Add(1, new(Connection, connection), new(Outcome, outcome));

    public void Delivered(string account, int count) => _delivered.Add(count, new KeyValuePair<string, object?>(Account, account));

    public void EmailsSkipped(string connection, string reason, int count) => _skippedEmails.Add(count, new(Connection, connection), new(Reason, reason));

    public void DeadLettered(string account, DeadLetterReason reason, int count) => _deadLettered.Add(count, new(Account, account), new(Reason, DeadLetterReasons.NameOf(reason)));

    public void LookedUp(string connection) => _lookups.Add(1, new KeyValuePair<string, object?>(Connection, connection));

    public void Unreadable(int count) => _unreadable.Add(count);

    public void Recovered(string connection, int count) => _recovered.Add(count, new KeyValuePair<string, object?>(Connection, connection));

    public void RecoveredUnreadable(string connection, int count) => _recoveredUnreadable.Add(count, new KeyValuePair<string, object?>(Connection, connection));
}
