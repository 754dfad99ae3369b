namespace KlaviyoRelay.Core.Relaying;

/// <param name="Emails">The emails that get an event.</param>
/// <param name="Invalid">How many were left out because Klaviyo would not take them.</param>
internal sealed record FanOutPlan(IReadOnlyList<string> Emails, int Invalid);
