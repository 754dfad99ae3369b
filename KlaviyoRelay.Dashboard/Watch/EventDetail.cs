namespace KlaviyoRelay.Dashboard.Watch;

/// <summary>One event and its way through the stations.</summary>
/// <param name="Row">As in the list.</param>
/// <param name="Timeline">What happened to it, the first thing first.</param>
internal sealed record EventDetail(EventRow Row, IReadOnlyList<TimelineEntry> Timeline);
