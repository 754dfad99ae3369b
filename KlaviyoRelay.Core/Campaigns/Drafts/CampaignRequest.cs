using System.Text.Json.Serialization;

namespace KlaviyoRelay.Core.Campaigns.Drafts;

/// <summary>The body of a request to make a campaign. An unknown member is refused. If a misspelt exclusion were ignored, people would get mail.</summary>
public sealed record CampaignRequest
{
    public string? Name { get; set; }

    public RequestedAudiences? Audiences { get; set; }

    /// <summary>When it goes out, in ISO 8601.</summary>
    public string? SendAt { get; set; }

    /// <summary>Whether <see cref="SendAt"/> is the time on each recipient's clock.</summary>
    public bool? InRecipientTimezone { get; set; }

    /// <summary>By each recipient's clock: whether it goes out at once where the time has passed.</summary>
    public bool? SendPastRecipientsImmediately { get; set; }

    /// <summary>Whether those who got an email a short time ago are left out; true without it.</summary>
    public bool? SmartSending { get; set; }

    public string? Subject { get; set; }

    public string? Preview { get; set; }

    public RequestedSender? From { get; set; }

    public string? ReplyTo { get; set; }

    /// <summary>The template with the content; or <see cref="Html"/>.</summary>
    public string? TemplateId { get; set; }

    public string? Html { get; set; }

    public string? Text { get; set; }

    /// <summary>Whether customers in conversation get it too.</summary>
    public bool? WithoutExclusion { get; set; }
}

/// <summary>Whom it goes to: lists and segments, by name or id.</summary>
public sealed record RequestedAudiences
{
    public IReadOnlyList<string?>? Included { get; set; }

    public IReadOnlyList<string?>? Excluded { get; set; }
}

/// <summary>Whom it comes from; the account's default sender without it.</summary>
public sealed record RequestedSender
{
    public string? Email { get; set; }

    public string? Name { get; set; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(CampaignRequest))]
public sealed partial class CampaignRequestJsonContext : JsonSerializerContext;
