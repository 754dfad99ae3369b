namespace KlaviyoRelay.Dashboard.Watch;

/// <summary>What the page is told each second.</summary>
/// <param name="Now">The relay's time.</param>
/// <param name="Points">The seconds that were completed since the last time.</param>
/// <param name="Flow">The flow picture.</param>
/// <param name="Rates">The gauges.</param>
/// <param name="Faults">The simulator's faults that are switched on.</param>
internal sealed record Tick(DateTimeOffset Now, IReadOnlyList<RatePoint> Points, FlowState Flow, IReadOnlyList<RateUse> Rates, IReadOnlyList<string> Faults);
