namespace KlaviyoRelay.Simulator.Klaviyo.Flows;

/// <summary>A metric: Klaviyo makes it with the first event of its name.</summary>
internal sealed record Metric(string Id, string Name, DateTimeOffset Created, long Events);
