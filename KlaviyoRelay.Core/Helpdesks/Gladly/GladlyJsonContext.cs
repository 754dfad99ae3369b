using System.Text.Json.Serialization;

namespace KlaviyoRelay.Core.Helpdesks.Gladly;

/// <summary>JSON from Gladly: lenient, because new fields may appear at any time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, MaxDepth = LenientJson.MaxDepth)]
[JsonSerializable(typeof(GladlyWebhook))]
[JsonSerializable(typeof(GladlyCustomerProfile))]
[JsonSerializable(typeof(GladlyErrors))]
[JsonSerializable(typeof(GladlyConversation))]
[JsonSerializable(typeof(IReadOnlyList<GladlyConversation>))]
public sealed partial class GladlyJsonContext : JsonSerializerContext;
