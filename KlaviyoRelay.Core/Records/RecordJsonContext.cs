using System.Text.Json.Serialization;
using KlaviyoRelay.Core.Records.Chunks;
using KlaviyoRelay.Core.Records.Runs;
using KlaviyoRelay.Core.Records.Sources;

namespace KlaviyoRelay.Core.Records;

/// <summary>The records' own JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(BodyState))]
[JsonSerializable(typeof(ChunkMap))]
[JsonSerializable(typeof(ChunkState))]
[JsonSerializable(typeof(RecordClaim))]
[JsonSerializable(typeof(RunReport))]
[JsonSerializable(typeof(RunReports))]
[JsonSerializable(typeof(RunResult))]
[JsonSerializable(typeof(RunState))]
[JsonSerializable(typeof(SourceState))]
public sealed partial class RecordJsonContext : JsonSerializerContext;
