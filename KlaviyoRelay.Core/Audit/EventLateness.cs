namespace KlaviyoRelay.Core.Audit;

/// <summary>How long it took from the acceptance of webhooks until Klaviyo accepted their events, which set the flag.</summary>
/// <param name="Since">Since when the process has measured.</param>
/// <param name="Events">How many events it is told of.</param>
/// <param name="P50">Half of them took at most so many seconds.</param>
/// <param name="P99">99 of 100 took at most so many seconds.</param>
public sealed record EventLateness(DateTimeOffset Since, long Events, double P50, double P99);
