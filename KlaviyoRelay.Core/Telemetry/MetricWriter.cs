namespace KlaviyoRelay.Core.Telemetry;

/// <summary>Takes what was measured since the last time: a row of Application Insights' <c>customMetrics</c>.</summary>
/// <param name="name">The metric's name.</param>
/// <param name="sum">The sum of the measurements: <c>valueSum</c>.</param>
/// <param name="properties">The tags by their names, and for a histogram <c>relay.count</c>: how many measurements the sum is of.</param>
public delegate void MetricWriter(string name, double sum, IDictionary<string, object> properties);
