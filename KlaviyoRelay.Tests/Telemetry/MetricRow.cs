using KlaviyoRelay.Core.Telemetry;

namespace KlaviyoRelay.Tests.Telemetry;

/// <summary>A metric as Application Insights gets it.</summary>
internal sealed record MetricRow(string Name, double Sum, IReadOnlyDictionary<string, object> Properties)
{
    /// <summary>The tags in one line, such as <c>relay.account=main relay.reason=invalid</c>.</summary>
    public string Tags => string.Join(' ', Properties.Where(property => property.Key != RelayTags.Count).OrderBy(property => property.Key).Select(property => $"{property.Key}={property.Value}"));

    public int Count => (int)Properties[RelayTags.Count];

    public override string ToString() => $"{Name} {Sum} {Tags}";
}
