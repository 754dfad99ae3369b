using System.Text.Json;
using System.Text.Json.Serialization;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Telemetry;

namespace KlaviyoRelay.Core.Work;

/// <summary>JSON of the relay's own messages: strict, because only the relay writes them.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(MessageHead))]
[JsonSerializable(typeof(LetterHead))]
public sealed partial class WorkJsonContext : JsonSerializerContext;

/// <summary>What the relay reads of a message beside its payload. Version 1 has no kind, names and payload.</summary>
public sealed record MessageHead(
    int Version,
    string? Kind,
    string? Id,
    string? Account,
    string? Connection,
    int Attempts,
    DateTimeOffset? FirstFailureAt,
    DateTimeOffset? AcceptedAt,
    TraceContext? Trace,
    JsonElement? Payload);

/// <summary>What the relay reads of a letter beside its message. Version 1 has no message of its own.</summary>
public sealed record LetterHead(int Version, JsonElement? Message, DeadLetterReason? Reason, string? Detail, DateTimeOffset? LastFailureAt, DateTimeOffset? ReleaseAt);
