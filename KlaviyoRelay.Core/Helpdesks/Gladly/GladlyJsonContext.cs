using System.Text.Json.Serialization;
using KlaviyoRelay.Core.Conversations.Receiving;

namespace KlaviyoRelay.Core.Helpdesks.Gladly;

/// <summary>JSON from Gladly: lenient, because new fields may appear at any time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, MaxDepth = WebhookLimits.MaxJsonDepth)]
[JsonSerializable(typeof(GladlyWebhook))]
[JsonSerializable(typeof(GladlyCustomerProfile))]
[JsonSerializable(typeof(GladlyErrors))]
[JsonSerializable(typeof(GladlyConversation))]
[JsonSerializable(typeof(IReadOnlyList<GladlyConversation>))]
internal sealed partial class GladlyJsonContext : JsonSerializerContext;
