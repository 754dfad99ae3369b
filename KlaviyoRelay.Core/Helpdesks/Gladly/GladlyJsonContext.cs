using System.Text.Json.Serialization;

namespace KlaviyoRelay.Core.Helpdesks.Gladly;

/// <summary>JSON from Gladly: lenient, because new fields may appear at any time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(GladlyWebhook))]
[JsonSerializable(typeof(GladlyCustomerProfile))]
[JsonSerializable(typeof(GladlyErrors))]
[JsonSerializable(typeof(GladlyConversation))]
internal sealed partial class GladlyJsonContext : JsonSerializerContext;
