using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using KlaviyoRelay.Core.Checks;

namespace KlaviyoRelay.Functions;

/// <summary>202: how many events were queued, and their ids.</summary>
internal sealed record AcceptedAnswer(int Accepted, IReadOnlyList<string> Ids);

/// <summary>200: why the webhook is not relayed.</summary>
internal sealed record IgnoredAnswer(string Ignored);

/// <summary>200 or 503: the relay's state.</summary>
internal sealed record HealthAnswer(string Status, string Version, string Queue, string Configuration);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AcceptedAnswer))]
[JsonSerializable(typeof(IgnoredAnswer))]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(CheckReport))]
internal sealed partial class AnswerJsonContext : JsonSerializerContext
{
    /// <summary>For a person to read on a terminal: no more escapes than JSON needs.</summary>
    public static AnswerJsonContext Readable => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
