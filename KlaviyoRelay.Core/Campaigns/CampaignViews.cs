using KlaviyoRelay.Core.Campaigns.Status;
using KlaviyoRelay.Core.Campaigns.Steps;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Klaviyo.Campaigns;
using KlaviyoRelay.Core.Klaviyo.Segments;

namespace KlaviyoRelay.Core.Campaigns;

/// <summary>Shows campaigns with the names of their lists and segments, where these are known.</summary>
public sealed class CampaignViews(CampaignAccess access, Audiences audiences, TimeProvider clock)
{
    private static readonly TimeSpan ForNames = TimeSpan.FromSeconds(5);

    public async Task<CampaignView> OfAsync(KlaviyoAccount account, KlaviyoResource<CampaignAttributes> campaign, CancellationToken cancellationToken) =>
        (await OfAsync(account, [campaign], cancellationToken))[0];

    public async Task<IReadOnlyList<CampaignView>> OfAsync(KlaviyoAccount account, IReadOnlyList<KlaviyoResource<CampaignAttributes>> campaigns, CancellationToken cancellationToken)
    {
        // A campaign is shown without them, too.
        var known = (await audiences.AllAsync(account, isFresh: false, new BatchBudget(clock, ForNames), cancellationToken)).Value?.Audiences.DistinctBy(one => one.Id).ToDictionary(one => one.Id, StringComparer.Ordinal) ?? [];
        IReadOnlyList<Audience> Named(IReadOnlyList<string?>? ids) => [.. (ids ?? []).OfType<string>().Select(id => known.GetValueOrDefault(id) ?? new Audience(id, id, "unknown", IsActive: true))];

        return
        [
            .. campaigns.Select(campaign => new CampaignView(
                campaign.Id ?? "",
                campaign.Attributes?.Name ?? campaign.Id ?? "",
                CampaignStatus.WordFor(campaign.Attributes?.Status),
                campaign.Attributes?.Status,
                campaign.Attributes?.SendStrategy?.Datetime ?? campaign.Attributes?.SendTime,
                campaign.Attributes?.SendStrategy?.Options?.IsLocal == true)
            {
                Included = Named(campaign.Attributes?.Audiences?.Included),
                Excluded = Named(campaign.Attributes?.Audiences?.Excluded),
            }),
        ];
    }

    /// <summary>The segments of customers in conversation that a campaign leaves out.</summary>
    public IReadOnlyList<Audience> LeftOut(KlaviyoAccount account, CampaignView view) => [.. view.Excluded.Where(one => Names(account).Contains(one.Name))];

    /// <summary>The segments of customers in conversation that a campaign does not leave out, by their names.</summary>
    public IReadOnlyList<string> NotLeftOut(KlaviyoAccount account, CampaignView view) => [.. Names(account).Except(view.Excluded.Select(one => one.Name))];

    private IEnumerable<string> Names(KlaviyoAccount account) => access.Feeding(account.Name).Select(ConversationSegments.InConversation);

    /// <summary>What an end that is no success means to the caller.</summary>
    public static CampaignOutcome<CampaignView> Of(StepsEnd end) => end switch
    {
        StepsEnd.Refused refused => new CampaignOutcome<CampaignView>.Refused([.. refused.Refusals.Select(CampaignWords.Of)]),
        StepsEnd.Failed failed => new CampaignOutcome<CampaignView>.Failed(failed.Failure),
        StepsEnd.Waiting waiting => new CampaignOutcome<CampaignView>.Waiting(CampaignWords.Doubt(waiting.Step), waiting.Time),
        StepsEnd.Stopped stopped => new CampaignOutcome<CampaignView>.Conflict(stopped.Why),
        _ => new CampaignOutcome<CampaignView>.Failed(KlaviyoApi.Unreadable),
    };
}
