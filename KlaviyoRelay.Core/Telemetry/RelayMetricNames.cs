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
    public const string Rows = "relay.rows";
    public const string AuditUnprotected = "relay.audit.unprotected";
    public const string Lookups = "relay.lookups";
    public const string MessagesUnreadable = "relay.messages.unreadable";
    public const string RecoveryUnreadable = "relay.recovery.unreadable";
    public const string SecretsRefreshed = "relay.secrets.refreshed";
    public const string SecretsFailed = "relay.secrets.failed";
}

/// <summary>
/// What metrics and activities are told apart by. The values are configured names or of a closed vocabulary, so
/// that no sender decides how many there are, and none is personal.
/// </summary>
public static class RelayTags
{
    public const string Connection = "relay.connection";
    public const string Account = "relay.account";
    public const string Outcome = "relay.outcome";
    public const string Reason = "relay.reason";
    public const string Sync = "relay.sync";
    public const string Queue = "relay.queue";

    /// <summary>Whether the event had been tried before: <c>true</c> or <c>false</c>.</summary>
    public const string Late = "relay.late";

    /// <summary>The upper bound of a histogram's bucket, such as <c>0.5</c>; above the last one <c>+Inf</c>.</summary>
    public const string UpperBound = "relay.le";
}
