using System.Text.Json.Serialization;

namespace KlaviyoRelay.Core.Audit;

/// <summary>Whether a customer in conversation gets marketing.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AuditVerdict>))]
public enum AuditVerdict
{
    /// <summary>A customer in conversation would get it.</summary>
    [JsonStringEnumMemberName("unprotected")]
    Unprotected,

    /// <summary>It can't be told.</summary>
    [JsonStringEnumMemberName("unknown")]
    Unknown,

    /// <summary>The conversation itself starts it, on purpose.</summary>
    [JsonStringEnumMemberName("by-our-own-events")]
    ByOurOwnEvents,

    /// <summary>It sends no marketing.</summary>
    [JsonStringEnumMemberName("transactional-only")]
    TransactionalOnly,

    /// <summary>Filters keep every customer in conversation out.</summary>
    [JsonStringEnumMemberName("protected")]
    Protected,
}

/// <summary>A flow or a campaign, and what was found.</summary>
/// <param name="Kind"><c>flow</c>, or <c>email</c>, <c>sms</c> or <c>mobile_push</c> for a campaign of the channel.</param>
/// <param name="Id">Klaviyo's id.</param>
/// <param name="Name">Its name in Klaviyo.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Reason">Why, in a sentence.</param>
/// <param name="Messages">The names of the messages that it is about.</param>
/// <param name="Fix">What to add in Klaviyo's editor; null when nothing is.</param>
public sealed record AuditedItem(string Kind, string Id, string Name, AuditVerdict Verdict, string Reason, IReadOnlyList<string> Messages, string? Fix)
{
    /// <summary>Whether it is unknown for want of time.</summary>
    [JsonIgnore]
    public bool IsUnread { get; init; }
}

/// <summary>Everything in an account that sends by itself.</summary>
/// <param name="Account">The account's name in the settings.</param>
/// <param name="Connections">The connections whose conversations were looked at.</param>
/// <param name="Items">What is unprotected comes first.</param>
public sealed record AuditReport(string Account, IReadOnlyList<string> Connections, [property: JsonPropertyOrder(1)] IReadOnlyList<AuditedItem> Items)
{
    /// <summary>Whether nothing is unprotected. What is unknown is no proof of it.</summary>
    public bool Ok => Items.All(item => item.Verdict != AuditVerdict.Unprotected);

    public int Unprotected => Items.Count(item => item.Verdict == AuditVerdict.Unprotected);

    /// <summary>How many flows there was no time for; they are unknown.</summary>
    public int Unread { get; init; }

    /// <summary>When it was told; null for now.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>How late events are; null where that can't be told.</summary>
    public EventLateness? Lateness { get; init; }

    public int Unknown => Items.Count(item => item.Verdict == AuditVerdict.Unknown);
}
