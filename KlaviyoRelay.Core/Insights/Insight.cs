using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Core.Insights;

/// <summary>What Klaviyo knows of a customer. No email or phone number is in it.</summary>
/// <param name="Connection">The connection whose helpdesk knows the customer.</param>
/// <param name="Customer">The helpdesk's id of the customer.</param>
/// <param name="Accounts">One for each Klaviyo account of the connection.</param>
public sealed record Insight(string Connection, string Customer, IReadOnlyList<AccountInsight> Accounts);

/// <param name="Account">The account's name in the settings.</param>
/// <param name="Name">What its owner calls it in Klaviyo; null where that is not known.</param>
/// <param name="Profiles">Those of the customer's emails; the one with the latest event first.</param>
/// <param name="Missing">What could not be read.</param>
public sealed record AccountInsight(string Account, string? Name, IReadOnlyList<ProfileInsight> Profiles, IReadOnlyList<MissingPart> Missing);

/// <summary>A profile. What could not be read is null, and <see cref="Missing"/> names it.</summary>
public sealed record ProfileInsight
{
    public required string Id { get; init; }

    public required string? Link { get; init; }

    /// <summary>When the oldest part of it was read.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>Whether a part of it is older than parts are meant to be.</summary>
    public required bool IsStale { get; init; }

    public required IReadOnlyList<ChannelConsent> Consent { get; init; }

    /// <summary>Those that hold now.</summary>
    public required IReadOnlyList<ChannelSuppression> Suppressions { get; init; }

    public required IReadOnlyList<ConversationFlag> InConversation { get; init; }

    public required IReadOnlyList<LinkedName>? Lists { get; init; }

    public required IReadOnlyList<LinkedName>? Segments { get; init; }

    /// <summary>The newest first.</summary>
    public required IReadOnlyList<ReceivedMessage>? Messages { get; init; }

    /// <summary>The newest first.</summary>
    public required IReadOnlyList<ConversationMoment>? Conversations { get; init; }

    public required IReadOnlyList<MissingPart> Missing { get; init; }
}

/// <param name="Channel"><c>email</c>, <c>sms</c> or <c>push</c>.</param>
/// <param name="Status"><c>subscribed</c>, <c>unsubscribed</c> or <c>never-subscribed</c>.</param>
/// <param name="CanReceive">Whether Klaviyo sends marketing by this channel.</param>
/// <param name="Since">When the status was recorded.</param>
public sealed record ChannelConsent(string Channel, string Status, bool CanReceive, DateTimeOffset? Since);

/// <param name="Channel">The channel.</param>
/// <param name="Reason">Klaviyo's word for the reason.</param>
/// <param name="Since">When it began.</param>
public sealed record ChannelSuppression(string Channel, string Reason, DateTimeOffset? Since);

/// <param name="Property">The profile property that a connection sets.</param>
/// <param name="Value">Its value; null when it is not set.</param>
public sealed record ConversationFlag(string Property, bool? Value);

/// <summary>A list or a segment.</summary>
public sealed record LinkedName(string Name, string? Link);

/// <param name="Kind"><c>campaign</c> or <c>flow</c>.</param>
/// <param name="Channel"><c>email</c>, <c>sms</c> or <c>push</c>.</param>
/// <param name="Name">The campaign's or the flow message's name.</param>
/// <param name="Subject">The subject line; null where there is none.</param>
/// <param name="Link">Klaviyo's page of the campaign or the flow.</param>
/// <param name="ReceivedAt">When Klaviyo sent it.</param>
/// <param name="OpenedAt">When it was opened first.</param>
/// <param name="ClickedAt">When something in it was clicked first.</param>
public sealed record ReceivedMessage(string Kind, string Channel, string? Name, string? Subject, string? Link, DateTimeOffset ReceivedAt, DateTimeOffset? OpenedAt, DateTimeOffset? ClickedAt);

/// <param name="Event">The metric.</param>
/// <param name="At">When.</param>
public sealed record ConversationMoment(string Event, DateTimeOffset At);

/// <param name="Part"><c>profile</c>, <c>account</c>, <c>lists</c>, <c>segments</c>, <c>messages</c> or <c>conversations</c>.</param>
/// <param name="Why">Why it is missing, in a sentence.</param>
/// <param name="AskAgainAfterSeconds">When asking again makes sense; null when it makes none.</param>
public sealed record MissingPart(string Part, string Why, int? AskAgainAfterSeconds)
{
    /// <summary>A part that Klaviyo did not tell.</summary>
    public static MissingPart Of(string part, DeliveryFailure failure) => failure.Reason switch
    {
        DeadLetterReason.Throttled => new MissingPart(part, $"Klaviyo's limit for {PlaceOf(part)} is used up.", SecondsOf(failure.RetryAfter)),
        DeadLetterReason.Forbidden => new MissingPart(part, $"The relay's Klaviyo key may not read {PlaceOf(part)}.", null),
        DeadLetterReason.Unauthorized or DeadLetterReason.NotConfigured or DeadLetterReason.Outdated => new MissingPart(part, "The relay can't use its Klaviyo key.", null),
        _ => new MissingPart(part, "Klaviyo did not answer.", SecondsOf(failure.RetryAfter)),
    };

    /// <summary>Whole seconds, and at least one.</summary>
    public static int SecondsOf(TimeSpan? wait) => Math.Max(1, (int)Math.Ceiling((wait ?? InsightCache.Pause).TotalSeconds));

    private static string PlaceOf(string part) => part switch
    {
        InsightParts.Profile => "profiles",
        InsightParts.Account => "the account",
        InsightParts.Messages or InsightParts.Conversations => "events",
        _ => part,
    };
}

/// <summary>The parts that can be missing.</summary>
public static class InsightParts
{
    public const string Profile = "profile";
    public const string Account = "account";
    public const string Lists = "lists";
    public const string Segments = "segments";
    public const string Messages = "messages";
    public const string Conversations = "conversations";
}

/// <summary>Times in UTC with a Z, as JavaScript and Go read them without a doubt.</summary>
public sealed class UtcTimeConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => (writer ?? throw new ArgumentNullException(nameof(writer))).WriteStringValue(value.UtcDateTime);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(Insight))]
public sealed partial class InsightJsonContext : JsonSerializerContext
{
    /// <summary>With no more escapes than JSON needs: names are of any language. The answer is JSON and never a page.</summary>
    public static InsightJsonContext Readable => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
