namespace KlaviyoRelay.Dashboard.Watch;

/// <summary>What happened to an event, when and where.</summary>
/// <param name="At">When.</param>
/// <param name="Stage">Where: <c>webhook</c>, <c>queue</c>, <c>relay</c>, <c>skipped</c>, <c>klaviyo</c> or the name of a dead-letter queue.</param>
/// <param name="Text">What, in words.</param>
internal sealed record TimelineEntry(DateTimeOffset At, string Stage, string Text);
