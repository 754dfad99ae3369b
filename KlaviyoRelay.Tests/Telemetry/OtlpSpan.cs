namespace KlaviyoRelay.Tests.Telemetry;

/// <summary>A span as it arrived; ids in lowercase hex, the parent's empty for a root.</summary>
internal sealed record OtlpSpan(string Name, string TraceId, string Id, string ParentId);
