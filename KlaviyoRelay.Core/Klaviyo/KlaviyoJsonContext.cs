using System.Text.Json.Serialization;
using KlaviyoRelay.Core.Klaviyo.Profiles;

namespace KlaviyoRelay.Core.Klaviyo;

/// <summary>JSON from Klaviyo: lenient, because new fields may appear at any time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(KlaviyoAccountAnswer))]
[JsonSerializable(typeof(KlaviyoProfiles))]
public sealed partial class KlaviyoJsonContext : JsonSerializerContext;
