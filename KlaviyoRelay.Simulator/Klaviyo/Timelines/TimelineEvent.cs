namespace KlaviyoRelay.Simulator.Klaviyo.Timelines;

/// <summary>Something on a profile's timeline.</summary>
/// <param name="Id">Klaviyo's id of the event.</param>
/// <param name="Metric">The metric's name.</param>
/// <param name="Time">When it happened.</param>
/// <param name="Properties">A JSON object.</param>
internal sealed record TimelineEvent(string Id, string Metric, DateTimeOffset Time, ReadOnlyMemory<byte> Properties);
