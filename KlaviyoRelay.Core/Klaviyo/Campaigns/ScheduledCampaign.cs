namespace KlaviyoRelay.Core.Klaviyo.Campaigns;

/// <summary>A campaign that is to be sent.</summary>
/// <param name="Included">The lists and segments that get it.</param>
/// <param name="Excluded">Those that don't.</param>
public sealed record ScheduledCampaign(string Id, string Name, string Channel, IReadOnlyList<string> Included, IReadOnlyList<string> Excluded);

/// <summary>A campaign as Klaviyo returns it.</summary>
public sealed record CampaignAttributes
{
    public string? Name { get; set; }

    public string? Status { get; set; }

    public bool? Archived { get; set; }

    public CampaignAudiences? Audiences { get; set; }

    public CampaignSendStrategy? SendStrategy { get; set; }

    public DateTimeOffset? CreatedAt { get; set; }

    public DateTimeOffset? SendTime { get; set; }
}

/// <summary>Whom a campaign goes to.</summary>
public sealed record CampaignAudiences
{
    public IReadOnlyList<string?>? Included { get; set; }

    public IReadOnlyList<string?>? Excluded { get; set; }
}

/// <summary>When a campaign goes out.</summary>
public sealed record CampaignSendStrategy
{
    public string? Method { get; set; }

    public DateTimeOffset? Datetime { get; set; }

    public CampaignStaticOptions? Options { get; set; }
}

/// <summary>How a time is meant.</summary>
public sealed record CampaignStaticOptions
{
    public bool? IsLocal { get; set; }
}
