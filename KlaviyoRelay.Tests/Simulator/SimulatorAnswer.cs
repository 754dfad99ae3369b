using System.Text.Json.Nodes;

namespace KlaviyoRelay.Tests.Simulator;

public sealed record SimulatorAnswer(int Status, string Text, string? ContentType, IReadOnlyDictionary<string, string> Headers)
{
    public JsonNode Json => JsonNode.Parse(Text) ?? throw new InvalidOperationException("null");

    public JsonNode Error => Json["errors"]?[0] ?? throw new InvalidOperationException(Text);

    public string? Code => Error["code"]?.GetValue<string>();

    public string? Detail => Error["detail"]?.GetValue<string>();

    public string? Source => Error["source"]?["pointer"]?.GetValue<string>();
}
