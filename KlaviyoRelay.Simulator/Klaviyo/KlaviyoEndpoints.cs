using KlaviyoRelay.Simulator.Klaviyo.Campaigns;
using KlaviyoRelay.Simulator.Klaviyo.Flows;
using KlaviyoRelay.Simulator.Klaviyo.Imports;
using KlaviyoRelay.Simulator.Klaviyo.Lists;
using KlaviyoRelay.Simulator.Klaviyo.Profiles;
using KlaviyoRelay.Simulator.Klaviyo.Segments;
using KlaviyoRelay.Simulator.Klaviyo.Templates;

namespace KlaviyoRelay.Simulator.Klaviyo;

/// <summary>What is simulated of Klaviyo's API, in revision 2026-07-15.</summary>
internal static class KlaviyoEndpoints
{
    private const string Jobs = "/api/profile-bulk-import-jobs";
    private const string Lists = "/api/lists";
    private const string ListMembers = "/api/lists/{id}/relationships/profiles";
    private const string Metrics = "/api/metrics";
    private const string Segments = "/api/segments";
    private const string SendJobs = "/api/campaign-send-jobs";
    private const string Templates = "/api/templates";

    private static readonly string[] ReadSegmentMembers = ["segments:read", "profiles:read"];
    private static readonly string[] ReadJobs = ["lists:read", "profiles:read"];
    private static readonly string[] ReadMembers = ["lists:read", "profiles:read"];
    private static readonly string[] WriteMembers = ["lists:write", "profiles:write"];
    private static readonly string[] ReadListFlows = ["flows:read", "lists:read"];
    private static readonly string[] ReadMetricFlows = ["flows:read", "metrics:read"];
    private static readonly string[] ReadCampaigns = ["campaigns:read"];
    private static readonly string[] WriteCampaigns = ["campaigns:write"];

    private static readonly KlaviyoEndpoint[] All =
    [
        new("GET", "/api/accounts", ["accounts:read"], 1, 15, AccountDocument.Answer),

        new("POST", "/api/events", ["events:write"], 350, 3500, EventsApi.Create),
        new("GET", "/api/events", ["events:read"], 350, 3500, EventsQuery.Many),
        new("POST", "/api/event-bulk-create-jobs", ["events:write"], 10, 150, EventsApi.CreateInBulk),

        new("GET", "/api/profiles", ["profiles:read"], 75, 750, ProfilesQuery.Answer),
        new("GET", "/api/profiles/{id}", ["profiles:read"], 75, 750, ProfilesQuery.One),
        new("GET", "/api/profiles/{id}/lists", ["lists:read", "profiles:read"], 3, 60, ProfileGroupsQuery.Lists),
        new("GET", "/api/profiles/{id}/segments", ["profiles:read", "segments:read"], 3, 60, ProfileGroupsQuery.Segments),
        new("POST", "/api/profile-import", ["profiles:write"], 75, 750, ProfileImport.Answer),

        new("POST", Jobs, WriteMembers, 10, 150, ImportCreation.Answer),
        new("GET", Jobs, ReadJobs, 10, 150, ImportsQuery.Many),
        new("GET", Jobs + "/{id}", ReadJobs, 10, 150, ImportsQuery.One),
        new("GET", Jobs + "/{id}/import-errors", ["profiles:read"], 10, 150, ImportsQuery.Errors),
        new("GET", Jobs + "/{id}/profiles", ["profiles:read"], 10, 150, ImportsQuery.Profiles),
        new("GET", Jobs + "/{id}/relationships/profiles", ["profiles:read"], 10, 150, ImportsQuery.ProfileIds),
        new("GET", Jobs + "/{id}/lists", ["lists:read"], 10, 150, ImportsQuery.Lists),

        new("GET", Lists, ["lists:read"], 75, 750, ListsQuery.Many),
        new("POST", Lists, ["lists:write"], 10, 150, ListCreation.Answer) { PerDay = 150 },
        new("GET", Lists + "/{id}", ["lists:read"], 75, 750, ListsQuery.One),
        new("GET", Lists + "/{id}/profiles", ReadMembers, 75, 750, MembersQuery.Profiles),
        new("GET", ListMembers, ReadMembers, 75, 750, MembersQuery.Ids),
        new("POST", ListMembers, WriteMembers, 10, 150, MembersChange.Add),
        new("DELETE", ListMembers, WriteMembers, 10, 150, MembersChange.Remove),

        new("GET", Lists + "/{id}/flow-triggers", ReadListFlows, 3, 60, FlowsQuery.OfList),
        new("GET", Lists + "/{id}/relationships/flow-triggers", ReadListFlows, 3, 60, FlowsQuery.IdsOfList),
        new("GET", Metrics, ["metrics:read"], 10, 150, MetricsQuery.Many),
        new("GET", Metrics + "/{id}", ["metrics:read"], 10, 150, MetricsQuery.One),
        new("GET", Metrics + "/{id}/flow-triggers", ReadMetricFlows, 10, 150, FlowsQuery.OfMetric),
        new("GET", Metrics + "/{id}/relationships/flow-triggers", ReadMetricFlows, 10, 150, FlowsQuery.IdsOfMetric),

        new("GET", "/api/flows", ["flows:read"], 3, 60, FlowsQuery.Many),
        new("GET", "/api/flows/{id}", ["flows:read"], 3, 60, FlowsQuery.One),
        new("GET", Segments, ["segments:read"], 75, 750, SegmentsQuery.Many),
        new("POST", Segments, ["segments:write"], 1, 15, SegmentChange.Create) { PerDay = 100 },
        new("GET", Segments + "/{id}", ["segments:read"], 75, 750, SegmentsQuery.One),
        new("PATCH", Segments + "/{id}", ["segments:write"], 1, 15, SegmentChange.Update) { PerDay = 100 },
        new("GET", Segments + "/{id}/profiles", ReadSegmentMembers, 75, 750, SegmentMembers.Profiles),

        new("GET", "/api/campaigns", ReadCampaigns, 10, 150, CampaignsQuery.Many),
        new("POST", "/api/campaigns", WriteCampaigns, 10, 150, CampaignCreation.Answer),
        new("GET", "/api/campaigns/{id}", ReadCampaigns, 10, 150, CampaignsQuery.One),
        new("GET", "/api/campaigns/{id}/campaign-messages", ReadCampaigns, 10, 150, CampaignsQuery.Messages),
        new("GET", "/api/campaign-messages/{id}/campaign", ReadCampaigns, 10, 150, MessageCampaignQuery.One),
        new("POST", "/api/campaign-message-assign-template", WriteCampaigns, 10, 150, CampaignJobs.Assign),
        new("POST", SendJobs, WriteCampaigns, 10, 150, CampaignJobs.Send),
        new("GET", SendJobs + "/{id}", ReadCampaigns, 10, 150, CampaignJobs.FindSend),
        new("PATCH", SendJobs + "/{id}", WriteCampaigns, 10, 150, CampaignJobs.Stop),
        new("POST", "/api/campaign-recipient-estimation-jobs", WriteCampaigns, 10, 150, CampaignJobs.Estimate),
        new("GET", "/api/campaign-recipient-estimation-jobs/{id}", ReadCampaigns, 10, 150, CampaignJobs.FindEstimationJob),
        new("GET", "/api/campaign-recipient-estimations/{id}", ReadCampaigns, 10, 150, CampaignJobs.FindEstimation),
        new("POST", "/api/campaign-values-reports", ReadCampaigns, 1, 2, ValuesReport.Answer) { PerDay = 225 },

        new("GET", Templates, ["templates:read"], 75, 750, TemplatesApi.Many),
        new("POST", Templates, ["templates:write"], 75, 750, TemplatesApi.Create),
        new("GET", Templates + "/{id}", ["templates:read"], 75, 750, TemplatesApi.One),
        new("DELETE", Templates + "/{id}", ["templates:write"], 75, 750, TemplatesApi.Delete),
    ];

    /// <summary>The endpoint of a path and method, with the id in the path; if there is none, the path alone may be known.</summary>
    public static KlaviyoEndpoint? Find(string method, string path, out string id, out bool isPathKnown)
    {
        var segments = path.Split('/');
        isPathKnown = false;
        foreach (var endpoint in All)
        {
            if (endpoint.IsAt(segments, out id))
            {
                isPathKnown = true;
                if (endpoint.Method == method)
                {
                    return endpoint;
                }
            }
        }

        id = "";
        return null;
    }
}
