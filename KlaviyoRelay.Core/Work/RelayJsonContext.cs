using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace KlaviyoRelay.Core.Work;

/// <summary>JSON of the relay's own messages: strict, because only the relay writes them.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(RelayMessage))]
[JsonSerializable(typeof(WireMessage))]
[JsonSerializable(typeof(DeadLetter))]
[JsonSerializable(typeof(WireLetter))]
internal sealed partial class RelayJsonContext : JsonSerializerContext
{
    /// <summary>Escapes no more than JSON asks for: a message must stay small, and is never part of a page.</summary>
    public static RelayJsonContext Compact => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
