using System.Text.Json.Serialization;

namespace KlaviyoRelay.Core.Helpdesks.Kustomer;

/// <summary>JSON from Kustomer: lenient, because new fields may appear at any time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, MaxDepth = LenientJson.MaxDepth, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(KustomerWebhook))]
[JsonSerializable(typeof(KustomerCustomer))]
[JsonSerializable(typeof(KustomerCustomerWebhook))]
[JsonSerializable(typeof(KustomerProfileDocument))]
public sealed partial class KustomerJsonContext : JsonSerializerContext;
