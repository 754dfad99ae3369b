using KlaviyoRelay.Simulator.Http;
using KlaviyoRelay.Simulator.Klaviyo.Documents;
using KlaviyoRelay.Simulator.Klaviyo.Queries;

namespace KlaviyoRelay.Simulator.Klaviyo.Campaigns;

/// <summary><c>GET /api/campaigns</c>, which wants a channel; one campaign; and its messages.</summary>
internal static class CampaignsQuery
{
    private const string Channel = "messages.channel";

    private static readonly QueryRules Rules = new("campaign", CampaignDocument.Fields)
    {
        DefaultPage = 100,
        LargestPage = 100,
        Filters = [new FilterRule(Channel, "equals"), new FilterRule("name", "contains"), new FilterRule("status", "equals", "any")],
        Sorts = ["created_at", "-created_at"],
        NotSimulated = ["include", "fields[tag]", "fields[campaign-message]"],
    };

    private static readonly QueryRules OneRules = new("campaign", CampaignDocument.Fields) { NotSimulated = ["include", "fields[tag]", "fields[campaign-message]"] };

    public static Answer Many(KlaviyoCall call)
    {
        if (!ResourceQuery.TryRead(call.Request, Rules, out var query, out var problem))
        {
            return problem.ToAnswer();
        }

        if (!query.Filters.Any(filter => filter.Field == Channel))
        {
            return KlaviyoErrors.InvalidParameter("A channel filter is required to list campaigns", "filter").ToAnswer();
        }

        var found = call.Account.Use(data => data.Campaigns.All.Where(campaign => query.Filters.All(filter => IsMet(filter, campaign, call.Now))).ToList());
        if (query.Sort == "-created_at")
        {
            found.Reverse();
        }

        return ResourceDocument.Many(query, Page.Of(found, query), (json, campaign) => CampaignDocument.Write(json, query.BaseAddress, campaign, query.Fields, call.Now));
    }

    public static Answer One(KlaviyoCall call) => !ResourceQuery.TryRead(call.Request, OneRules, out var query, out var problem)
        ? problem.ToAnswer()
        : call.Account.Use(data => data.Campaigns.Find(call.Id) is { } campaign
            ? ResourceDocument.One(200, query.Self, json => CampaignDocument.Write(json, query.BaseAddress, campaign, query.Fields, call.Now))
            : KlaviyoErrors.Unknown("campaign", call.Id).ToAnswer());

    /// <summary>The template of a message is told only where it is included.</summary>
    public static Answer Messages(KlaviyoCall call) => call.Account.Use(data => data.Campaigns.Find(call.Id) is { } campaign
        ? JsonBytes.Answer(
            200,
            json =>
            {
                json.WriteStartObject();
                json.WriteStartArray("data");
                foreach (var message in campaign.Messages)
                {
                    CampaignDocument.WriteMessage(json, call.Request.BaseAddress, campaign with { Messages = [message] }, isFlat: false, withTemplate: call.Request.Query["include"] is ["template", ..]);
                }

                json.WriteEndArray();
                CampaignDocument.WriteSelf(json, $"{call.Request.BaseAddress}{call.Request.Path}");
                json.WriteEndObject();
            },
            KlaviyoError.ContentType)
        : KlaviyoErrors.Unknown("campaign", call.Id).ToAnswer());

    private static bool IsMet(Filter filter, Campaign campaign, DateTimeOffset now) => filter switch
    {
        { Field: Channel } => filter.IsMetBy(campaign.Channel),
        { Field: "name" } => campaign.Name.Contains(filter.Values[0], StringComparison.OrdinalIgnoreCase),
        _ => filter.IsMetBy(campaign.StatusAt(now)),
    };
}
