namespace KlaviyoRelay.Core.Telemetry;

/// <summary>
/// What metrics and activities are told apart by. The values are configured names or of a closed vocabulary, so
/// that nobody outside decides how many there are, and none is personal.
/// </summary>
public static class RelayTags
{
    public const string Connection = "relay.connection";
    public const string Account = "relay.account";
    public const string Outcome = "relay.outcome";
    public const string Reason = "relay.reason";
    public const string Queue = "relay.queue";

    /// <summary>Whether the event had been tried before: <c>true</c> or <c>false</c>.</summary>
    public const string Late = "relay.late";

    /// <summary>The upper bound of a histogram's bucket, such as <c>0.5</c>; above the last one <c>+Inf</c>.</summary>
    public const string UpperBound = "relay.le";
}
