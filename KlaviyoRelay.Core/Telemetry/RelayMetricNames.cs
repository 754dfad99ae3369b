namespace KlaviyoRelay.Core.Telemetry;

/// <summary>Every metric's name. The workbook and the alerts in infra/ are held against this list by a test.</summary>
public static class RelayMetricNames
{
    public const string Webhooks = "relay.webhooks";
    public const string EventsDelivered = "relay.events.delivered";
    public const string EventsDuplicated = "relay.events.duplicated";
    public const string EventsDeadLettered = "relay.events.dead_lettered";
    public const string EventsRecovered = "relay.events.recovered";
    public const string EventLatency = "relay.event.latency";
    public const string QueueWait = "relay.queue.wait";
    public const string BatchSize = "relay.batch.size";
    public const string BatchDuration = "relay.batch.duration";
    public const string EmailsSkipped = "relay.emails.skipped";
    public const string Lookups = "relay.lookups";
    public const string MessagesUnreadable = "relay.messages.unreadable";
    public const string RecoveryUnreadable = "relay.recovery.unreadable";
    public const string SecretsRefreshed = "relay.secrets.refreshed";
    public const string SecretsFailed = "relay.secrets.failed";
}
