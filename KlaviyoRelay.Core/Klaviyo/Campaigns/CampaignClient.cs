using KlaviyoRelay.Core.Http;

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
}

/// <summary>Whom a campaign goes to.</summary>
public sealed record CampaignAudiences
{
    public IReadOnlyList<string?>? Included { get; set; }

    public IReadOnlyList<string?>? Excluded { get; set; }
}

/// <summary>Reads campaigns (developers.klaviyo.com, Get Campaigns, Get Campaign for Campaign Message).</summary>
public sealed class CampaignClient(KlaviyoApi klaviyo)
{
    private const string Campaigns = "api/campaigns";

    // Klaviyo lists the campaigns of one channel at a time.
    private static readonly string[] Channels = ["email", "sms", "mobile_push"];

    // The messages of these have not gone out.
    private static readonly string[] Waiting = ["Scheduled", "Preparing to schedule", "Queued without Recipients", "Adding Recipients", "Preparing to send"];

    /// <summary>The campaigns of every channel that are to be sent.</summary>
    public async Task<Result<IReadOnlyList<ScheduledCampaign>>> ScheduledAsync(KlaviyoAccount account, BatchBudget budget, CancellationToken cancellationToken)
    {
        var scheduled = new List<ScheduledCampaign>();
        foreach (var channel in Channels)
        {
            var filter = Uri.EscapeDataString($"equals(messages.channel,'{channel}')");
            var call = new KlaviyoCall(account, Lane.Audit, KlaviyoEndpoint.ReadCampaigns, HttpMethod.Get, $"{Campaigns}?fields%5Bcampaign%5D=name%2Cstatus%2Carchived%2Caudiences&filter={filter}") { Route = Campaigns };
            var campaigns = await klaviyo.ReadAllAsync(call, KlaviyoResourcesJsonContext.Default.KlaviyoPageCampaignAttributes, budget, cancellationToken);
            if (!campaigns.IsSuccess)
            {
                return Result.Failed<IReadOnlyList<ScheduledCampaign>>(campaigns.Failure);
            }

            scheduled.AddRange(campaigns.Value.Where(IsWaiting).Select(campaign => Of(campaign, channel)));
        }

        return Result.Of<IReadOnlyList<ScheduledCampaign>>(scheduled);
    }

    /// <summary>The campaign that a message is of.</summary>
    public async Task<Result<KlaviyoResource<CampaignAttributes>>> OfMessageAsync(KlaviyoAccount account, string message, BatchBudget budget, CancellationToken cancellationToken)
    {
        var call = new KlaviyoCall(
            account, Lane.Insights, KlaviyoEndpoint.ReadMessageCampaign, HttpMethod.Get, $"api/campaign-messages/{Uri.EscapeDataString(message)}/campaign?fields%5Bcampaign%5D=name");
        var read = await klaviyo.ReadAsync(call, KlaviyoResourcesJsonContext.Default.KlaviyoDocumentCampaignAttributes, budget, cancellationToken);
        return !read.IsSuccess ? read.Failure : read.Value.Data is { Id: not null } campaign ? campaign : KlaviyoApi.Unreadable;
    }

    private static bool IsWaiting(KlaviyoResource<CampaignAttributes> campaign) =>
        campaign.Attributes is { Archived: not true } attributes && Waiting.Contains(attributes.Status, StringComparer.OrdinalIgnoreCase);

    private static ScheduledCampaign Of(KlaviyoResource<CampaignAttributes> campaign, string channel) => new(
        campaign.Id ?? "",
        campaign.Attributes?.Name ?? campaign.Id ?? "",
        channel,
        [.. (campaign.Attributes?.Audiences?.Included ?? []).OfType<string>()],
        [.. (campaign.Attributes?.Audiences?.Excluded ?? []).OfType<string>()]);
}
