using System.Text.Json.Serialization;

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
internal sealed partial class AnswerJsonContext : JsonSerializerContext;
