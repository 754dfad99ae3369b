using System.Text.Json;

namespace KlaviyoRelay.Tests.Telemetry;

/// <summary>A row of Application Insights as the exporter sends it (the envelope of its <c>track</c> endpoint).</summary>
internal sealed class IngestedItem(JsonElement envelope)
{
    public string Type => envelope.GetProperty("data").GetProperty("baseType").GetString() ?? "";

    /// <summary>The name of a metric or a dependency; the text of a log line.</summary>
    public string Name => (Type == "MetricData" ? Metric : Data).GetProperty(Type == "MessageData" ? "message" : "name").GetString() ?? "";

    /// <summary>customDimensions.</summary>
    public IReadOnlyDictionary<string, string> Dimensions => Data.TryGetProperty("properties", out var properties)
        ? properties.EnumerateObject().ToDictionary(property => property.Name, property => property.Value.GetString() ?? "")
        : [];

    public string OperationId => Tag("ai.operation.id");

    public string ParentId => Tag("ai.operation.parentId");

    public string Role => Tag("ai.cloud.role");

    public string Id => Data.GetProperty("id").GetString() ?? "";

    /// <summary>A dependency's type, such as InProc.</summary>
    public string DependencyType => Data.GetProperty("type").GetString() ?? "";

    /// <summary>valueSum.</summary>
    public double Sum => Metric.GetProperty("value").GetDouble();

    /// <summary>valueCount: 1 where the exporter sends none.</summary>
    public int Count => Metric.TryGetProperty("count", out var count) && count.ValueKind == JsonValueKind.Number ? count.GetInt32() : 1;

    /// <summary>The traces and spans that a dependency links to.</summary>
    public IReadOnlyList<(string OperationId, string Id)> Links => Dimensions.TryGetValue("_MS.links", out var links)
        ? [.. JsonDocument.Parse(links).RootElement.EnumerateArray().Select(link => (link.GetProperty("operation_Id").GetString() ?? "", link.GetProperty("id").GetString() ?? ""))]
        : [];

    private JsonElement Data => envelope.GetProperty("data").GetProperty("baseData");

    private JsonElement Metric => Data.GetProperty("metrics")[0];

    private string Tag(string name) => envelope.GetProperty("tags").TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
}
