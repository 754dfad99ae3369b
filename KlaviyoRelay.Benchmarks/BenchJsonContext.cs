using System.Text.Json.Serialization;
using KlaviyoRelay.Benchmarks.FarEnd;
using KlaviyoRelay.Benchmarks.Report;

namespace KlaviyoRelay.Benchmarks;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Cost))]
[JsonSerializable(typeof(FarEndCounts))]
[JsonSerializable(typeof(Measurement))]
[JsonSerializable(typeof(BenchReport))]
internal sealed partial class BenchJsonContext : JsonSerializerContext;
