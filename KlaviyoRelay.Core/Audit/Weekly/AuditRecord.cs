using System.Text.Json.Serialization;

namespace KlaviyoRelay.Core.Audit.Weekly;

/// <summary>What is kept of an account between two audits by the timer.</summary>
public sealed record AuditRecord
{
    /// <summary>The last audit that came to its end; null before the first.</summary>
    public AuditReport? Last { get; init; }

    /// <summary>When the next one begins or goes on.</summary>
    public DateTimeOffset Next { get; init; }

    /// <summary>Flows that the audit which is under way has judged.</summary>
    public IReadOnlyList<AuditedItem> Judged { get; init; } = [];
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AuditRecord))]
public sealed partial class AuditRecordJsonContext : JsonSerializerContext;
