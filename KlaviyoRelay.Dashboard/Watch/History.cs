namespace KlaviyoRelay.Dashboard.Watch;

/// <summary>What a page begins with.</summary>
/// <param name="StartedAt">When the relay was started: a page of another start has to be loaded again.</param>
/// <param name="Points">The charts.</param>
internal sealed record History(DateTimeOffset StartedAt, IReadOnlyList<RatePoint> Points);
