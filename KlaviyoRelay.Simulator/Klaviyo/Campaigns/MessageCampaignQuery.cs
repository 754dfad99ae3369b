using KlaviyoRelay.Simulator.Http;
using KlaviyoRelay.Simulator.Klaviyo.Documents;
using KlaviyoRelay.Simulator.Klaviyo.Queries;

namespace KlaviyoRelay.Simulator.Klaviyo.Campaigns;

/// <summary><c>GET /api/campaign-messages/{id}/campaign</c>.</summary>
internal static class MessageCampaignQuery
{
    private static readonly QueryRules Rules = new("campaign", CampaignDocument.Fields);

    public static Answer One(KlaviyoCall call)
    {
        if (!ResourceQuery.TryRead(call.Request, Rules, out var query, out var problem))
        {
            return problem.ToAnswer();
        }

        return call.Account.Use(data => data.Campaigns.All.FirstOrDefault(campaign => campaign.Messages.Contains(call.Id))) is { } campaign
            ? ResourceDocument.One(200, query.Self, json => CampaignDocument.Write(json, query.BaseAddress, campaign, query.Fields, call.Now))
            : KlaviyoErrors.Unknown("campaign-message", call.Id).ToAnswer();
    }
}
