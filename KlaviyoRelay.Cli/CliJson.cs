using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using KlaviyoRelay.Cli.Checks;
using KlaviyoRelay.Cli.DeadLetters;

namespace KlaviyoRelay.Cli;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, WriteIndented = true)]
[JsonSerializable(typeof(CheckJson))]
[JsonSerializable(typeof(DeadLetterJson))]
internal sealed partial class CliJson : JsonSerializerContext
{
    public static CliJson Readable => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
