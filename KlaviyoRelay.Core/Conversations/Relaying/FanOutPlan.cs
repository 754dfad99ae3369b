using KlaviyoRelay.Core.Telemetry;

namespace KlaviyoRelay.Core.Conversations.Relaying;

/// <param name="Emails">The emails that get an event.</param>
/// <param name="Invalid">How many were left out because Klaviyo would not take them.</param>
public sealed record FanOutPlan(IReadOnlyList<string> Emails, int Invalid)
{
    /// <summary>How many emails count as skipped, and why; null for none. A customer without emails counts as one.</summary>
    public (string Reason, int Count)? Skipped =>
        Invalid > 0 ? (SkipReasons.Invalid, Invalid)
        : Emails.Count == 0 ? (SkipReasons.NoEmail, 1)
        : null;
}
