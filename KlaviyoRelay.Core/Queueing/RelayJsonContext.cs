using System.Text.Json.Serialization;
using KlaviyoRelay.Core.DeadLetters;

namespace KlaviyoRelay.Core.Queueing;

/// <summary>JSON of the relay's own messages: strict, because only the relay writes them.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(RelayMessage))]
[JsonSerializable(typeof(DeadLetter))]
internal sealed partial class RelayJsonContext : JsonSerializerContext;
