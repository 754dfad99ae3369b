using System.Text.Json;
using System.Text.Json.Serialization;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Core.Conversations;

/// <summary>The kind of work that brings a conversation's event to Klaviyo.</summary>
/// <param name="Event">What happened.</param>
/// <param name="Emails">
/// The emails still to do (of a webhook's customer without one, the phone number); null for all of the customer's, who is
/// looked up then.
/// </param>
public sealed record ConversationWork(ConversationEvent Event, IReadOnlyList<string>? Emails = null) : WorkPayload
{
    /// <inheritdoc/>
    public override WorkKind Kind => ConversationKind.Instance;

    /// <inheritdoc/>
    public override string Id => Event.Id;

    /// <inheritdoc/>
    public override string Account => Event.Account;

    /// <inheritdoc/>
    public override string Connection => Event.Connection;

    /// <inheritdoc/>
    public override DateTimeOffset OccurredAt => Event.OccurredAt;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Parts => Emails ?? [];
}

/// <summary>Reads and writes <see cref="ConversationWork"/>.</summary>
public sealed class ConversationKind : WorkKind
{
    private ConversationKind()
        : base("conversation-event", QueueNames.ConversationEvents)
    {
    }

    /// <summary>The kind.</summary>
    public static ConversationKind Instance { get; } = new();

    /// <inheritdoc/>
    public override int OldestVersion => MessageVersion.First;

    /// <inheritdoc/>
    public override WorkPayload? Read(JsonElement payload) =>
        payload.Deserialize(ConversationJsonContext.Default.ConversationJson) is { Event: { } happened, Emails: var emails }
        // What the JSON reader lets through: a number as an enum's value when there is none of that number, and null in a list.
        && Enum.IsDefined(happened.Kind)
        && !string.IsNullOrWhiteSpace(happened.Helpdesk)
        && (emails is null || !emails.Any(string.IsNullOrWhiteSpace))
            ? new ConversationWork(happened, emails)
            : null;

    /// <inheritdoc/>
    public override JsonElement Write(WorkPayload payload)
    {
        var work = (ConversationWork)payload;
        return JsonSerializer.SerializeToElement(new ConversationJson(work.Event, work.Emails), ConversationJsonContext.Compact.ConversationJson);
    }
}

/// <summary>What is of conversations in a message or letter.</summary>
public static class ConversationMessages
{
    extension(RelayMessage message)
    {
        /// <summary>What happened.</summary>
        public ConversationEvent Event => ((ConversationWork)message.Payload).Event;

        /// <summary>The emails still to do; null for all of the customer's.</summary>
        public IReadOnlyList<string>? Emails => ((ConversationWork)message.Payload).Emails;

        /// <summary>The same for some of the emails.</summary>
        /// <param name="emails">Those still to do; null for all of the customer's.</param>
        public RelayMessage With(IReadOnlyList<string>? emails) => message with { Payload = (ConversationWork)message.Payload with { Emails = emails } };
    }
}

/// <summary>A payload of conversations as it is written.</summary>
public sealed record ConversationJson(ConversationEvent Event, IReadOnlyList<string>? Emails);

/// <summary>Strict, because only the relay writes them.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(ConversationJson))]
public sealed partial class ConversationJsonContext : JsonSerializerContext
{
    /// <summary>Escapes no more than JSON asks for.</summary>
    public static ConversationJsonContext Compact => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
