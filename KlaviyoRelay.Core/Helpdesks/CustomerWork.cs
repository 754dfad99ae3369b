using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using KlaviyoRelay.Core.Klaviyo.Events;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Core.Helpdesks;

/// <summary>The work that a helpdesk's customer is: the station that receives webhooks queues it, and the records' station does it.</summary>
/// <param name="Change">What happened.</param>
public sealed record CustomerWork(CustomerChange Change) : WorkPayload
{
    /// <inheritdoc/>
    public override WorkKind Kind => CustomerKind.Instance;

    /// <inheritdoc/>
    public override string Id => UniqueId.Of(Kind.Name, Change.Connection, Change.CustomerId, FormattableString.Invariant($"{Change.Rev}"));

    /// <inheritdoc/>
    public override string Account => Change.Account;

    /// <inheritdoc/>
    public override string Connection => Change.Connection;

    /// <inheritdoc/>
    public override DateTimeOffset OccurredAt => Change.OccurredAt;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Parts => [];
}

/// <summary>Reads and writes <see cref="CustomerWork"/>.</summary>
public sealed class CustomerKind : WorkKind
{
    private CustomerKind()
        : base("customer-change", QueueNames.Records)
    {
    }

    /// <summary>The kind.</summary>
    public static CustomerKind Instance { get; } = new();

    /// <inheritdoc/>
    public override WorkPayload? Read(JsonElement payload) =>
        payload.Deserialize(CustomerJsonContext.Default.CustomerChange) is { Connection.Length: > 0, Account.Length: > 0, CustomerId.Length: > 0 } change ? new CustomerWork(change) : null;

    /// <inheritdoc/>
    public override JsonElement Write(WorkPayload payload) => JsonSerializer.SerializeToElement(((CustomerWork)payload).Change, CustomerJsonContext.Compact.CustomerChange);
}

/// <summary>Strict, because only the relay writes them.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(CustomerChange))]
public sealed partial class CustomerJsonContext : JsonSerializerContext
{
    /// <summary>Escapes no more than JSON asks for.</summary>
    public static CustomerJsonContext Compact => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
