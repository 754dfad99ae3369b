namespace KlaviyoRelay.Dashboard.Act;

/// <summary>What to check.</summary>
/// <param name="Connection">A connection; null for all.</param>
internal sealed record CheckRequest(string? Connection);
