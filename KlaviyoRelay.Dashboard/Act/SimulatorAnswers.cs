using System.Text.Json.Serialization;

namespace KlaviyoRelay.Dashboard.Act;

/// <summary>A fault that is in force, as <c>GET /_simulator/faults</c> lists it.</summary>
internal sealed record ListedFault(string? Id, string? Name);

/// <summary>The keys that do not work, by their last four characters: <c>GET /_simulator/keys</c>.</summary>
internal sealed record ListedKeys(IReadOnlyList<string>? Revoked);

/// <summary>A customer, as <c>GET /_simulator/customers</c> lists it.</summary>
internal sealed record ListedCustomer(IReadOnlyList<ListedEmail>? Emails);

/// <summary>An email of a customer.</summary>
internal sealed record ListedEmail(string? Email);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<ListedFault>))]
[JsonSerializable(typeof(ListedKeys))]
[JsonSerializable(typeof(IReadOnlyList<ListedCustomer>))]
internal sealed partial class SimulatorAnswers : JsonSerializerContext
{
}
