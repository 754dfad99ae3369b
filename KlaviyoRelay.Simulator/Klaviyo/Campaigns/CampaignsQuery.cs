using System.Text.Json;
using KlaviyoRelay.Simulator.Http;
using KlaviyoRelay.Simulator.Klaviyo.Documents;
using KlaviyoRelay.Simulator.Klaviyo.Queries;

namespace KlaviyoRelay.Simulator.Klaviyo.Campaigns;

/// <summary><c>GET /api/campaigns</c>, which wants a channel.</summary>
internal static class CampaignsQuery
{
    private const string Channel = "messages.channel";

    private static readonly string[] Links = ["campaign-messages", "tags"];

    /// <summary>What <c>fields[campaign]</c> may name, besides id.</summary>
    public static string[] Fields { get; } = ["name", "status", "archived", "audiences", "created_at", "updated_at", "scheduled_at", "send_time"];

    private static readonly QueryRules Rules = new("campaign", Fields)
    {
        DefaultPage = 100,
        LargestPage = 100,
        Filters = [new FilterRule(Channel, "equals")],
        NotSimulated = ["sort", "include", "fields[tag]", "fields[campaign-message]"],
    };

    public static Answer Many(KlaviyoCall call)
    {
        if (!ResourceQuery.TryRead(call.Request, Rules, out var query, out var problem))
        {
            return problem.ToAnswer();
        }

        if (query.Filter is not { Field: Channel } filter)
        {
            return KlaviyoErrors.InvalidParameter("A channel filter is required to list campaigns", "filter").ToAnswer();
        }

        var found = call.Account.Use(data => data.Campaigns.All.Where(campaign => filter.IsMetBy(campaign.Channel)).ToList());
        return ResourceDocument.Many(query, Page.Of(found, query), (json, campaign) => Write(json, query, campaign));
    }

    public static void Write(Utf8JsonWriter json, ResourceQuery query, Campaign campaign) => ResourceDocument.Write(
        json, "campaign", campaign.Id, $"{query.BaseAddress}/api/campaigns/{campaign.Id}/", Links, attributes =>
        {
            foreach (var field in query.Fields)
            {
                switch (field)
                {
                    case "name":
                        attributes.WriteString(field, campaign.Name);
                        break;
                    case "status":
                        attributes.WriteString(field, campaign.Status);
                        break;
                    case "archived":
                        attributes.WriteBoolean(field, false);
                        break;
                    case "audiences":
                        attributes.WriteStartObject(field);
                        WriteIds(attributes, "included", campaign.Included);
                        WriteIds(attributes, "excluded", campaign.Excluded);
                        attributes.WriteEndObject();
                        break;
                    case "created_at" or "updated_at":
                        attributes.WriteString(field, campaign.Created);
                        break;
                    case "scheduled_at" or "send_time":
                        attributes.WriteNull(field);
                        break;
                }
            }
        });

    private static void WriteIds(Utf8JsonWriter json, string name, IReadOnlyList<string> ids)
    {
        json.WriteStartArray(name);
        foreach (var id in ids)
        {
            json.WriteStringValue(id);
        }

        json.WriteEndArray();
    }
}
