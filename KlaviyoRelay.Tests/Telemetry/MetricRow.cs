namespace KlaviyoRelay.Tests.Telemetry;

/// <summary>What was measured with one set of tags.</summary>
internal sealed record MetricRow(string Name, double Sum, IReadOnlyDictionary<string, string> Properties)
{
    /// <summary>The tags in one line, such as <c>relay.account=main relay.reason=invalid</c>.</summary>
    public string Tags => string.Join(' ', Properties.OrderBy(property => property.Key, StringComparer.Ordinal).Select(property => $"{property.Key}={property.Value}"));

    public override string ToString() => $"{Name} {Sum} {Tags}";
}
