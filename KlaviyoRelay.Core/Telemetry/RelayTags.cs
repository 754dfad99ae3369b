namespace KlaviyoRelay.Core.Telemetry;

/// <summary>
/// What metrics and activities are told apart by. The values are configured names or of a closed vocabulary, so
/// that nobody outside decides how many there are, and none is personal.
/// </summary>
internal static class RelayTags
{
    public const string Connection = "relay.connection";
    public const string Account = "relay.account";
    public const string Outcome = "relay.outcome";
    public const string Reason = "relay.reason";
    public const string Queue = "relay.queue";

    /// <summary>Whether the event had been tried before: <c>true</c> or <c>false</c>.</summary>
    public const string Late = "relay.late";

    /// <summary>
    /// How many measurements a histogram's row stands for: no instrument's tag, but a property of the row. The host
    /// would take <c>Count</c> for <c>valueCount</c>, but only as an int, which it is no more once it came from a
    /// worker (Azure/azure-webjobs-sdk, ApplicationInsightsLogger.LogMetric).
    /// </summary>
    public const string Count = "relay.count";
}
