namespace KlaviyoRelay.Core.Helpdesks.Checking;

/// <summary>One thing that was checked, in words that may be shown to anybody who may know what is configured.</summary>
/// <param name="Subject">What was checked, such as <c>Klaviyo main: events:write</c>.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Detail">What was found, a sentence; never a secret.</param>
/// <param name="Fix">What to do about it; null when there is nothing to do.</param>
public sealed record CheckLine(string Subject, CheckOutcome Outcome, string Detail, string? Fix);
