namespace KlaviyoRelay.Tests.Telemetry;

/// <summary>A span as it arrived; ids in lowercase hex, the parent's empty for a root.</summary>
internal sealed record OtlpSpan(string Name, string TraceId, string Id, string ParentId)
{
    /// <summary>The ids of the spans that it links to.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];
}
