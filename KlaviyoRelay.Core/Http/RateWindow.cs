namespace KlaviyoRelay.Core.Http;

/// <summary>How much of one window of a rate limit is used.</summary>
/// <param name="Length">The window.</param>
/// <param name="Limit">How many requests fit into it: the relay's share of the far end's limit.</param>
/// <param name="Used">How many are in it now.</param>
public sealed record RateWindow(TimeSpan Length, int Limit, int Used);
