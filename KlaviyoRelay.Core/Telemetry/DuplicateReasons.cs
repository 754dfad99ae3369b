namespace KlaviyoRelay.Core.Telemetry;

/// <summary>
/// How the relay knows that it saw an event twice. Klaviyo drops the second record of a <c>unique_id</c> and does
/// not tell, so what was sent again is counted as delivered again.
/// </summary>
public static class DuplicateReasons
{
    /// <summary>It was in one batch twice; the second was not sent.</summary>
    public const string SameBatch = "same-batch";

    public static IReadOnlyList<string> All { get; } = [SameBatch];
}
