using System.Text.Json;
using KlaviyoRelay.Simulator.Http;
using KlaviyoRelay.Simulator.Klaviyo.Documents;
using KlaviyoRelay.Simulator.Klaviyo.Recording;

namespace KlaviyoRelay.Simulator.Klaviyo.Campaigns;

/// <summary>Assigning a template, sending, stopping and counting recipients.</summary>
internal static class CampaignJobs
{
    private const string SendJob = "campaign-send-job";
    private const string EstimationJob = "campaign-recipient-estimation-job";

    public static Answer Assign(KlaviyoCall call) => Change(call, "campaign-message", (data, resource) =>
    {
        var template = resource.GetProperty("relationships").GetProperty("template").GetProperty("data").GetProperty("id").GetString() ?? "";
        if (data.Campaigns.All.FirstOrDefault(one => one.Message == Text(resource, "id")) is not { } campaign)
        {
            return KlaviyoErrors.Unknown("campaign-message", Text(resource, "id")).ToAnswer();
        }

        if (data.Templates.Find(template) is null)
        {
            return KlaviyoErrors.Invalid($"A template with id {template} does not exist.", "/data/relationships/template/data/id").ToAnswer();
        }

        var assigned = campaign with { Template = template };
        data.Campaigns.Put(assigned);
        return ResourceDocument.One(200, $"{call.Request.BaseAddress}{call.Request.Path}", json => CampaignDocument.WriteMessage(json, call.Request.BaseAddress, assigned, isFlat: true, withTemplate: false));
    });

    public static Answer Send(KlaviyoCall call) => Change(call, SendJob, (data, resource) =>
    {
        if (data.Campaigns.Find(Text(resource, "id")) is not { } campaign)
        {
            return KlaviyoErrors.Unknown("campaign", Text(resource, "id")).ToAnswer();
        }

        // Whether Klaviyo sends a campaign twice that is sent twice is not known: the simulator counts it.
        if (campaign is { Status: Campaign.Draft, Template: null })
        {
            return KlaviyoErrors.Invalid("The campaign's message has no template.", "/data/id").ToAnswer();
        }

        var sent = campaign with { Status = Campaign.Scheduled, SentJob = call.Now, IsJobStopped = false, Sends = campaign.Sends + 1 };
        data.Campaigns.Put(sent);
        return Job(call, 202, SendJob, sent.Id, "queued");
    });

    public static Answer FindSend(KlaviyoCall call) => call.Account.Use(data => data.Campaigns.Find(call.Id)?.JobAt(call.Now) is { } status
        ? Job(call, 200, SendJob, call.Id, status)
        : KlaviyoErrors.Unknown(SendJob, call.Id).ToAnswer());

    public static Answer Stop(KlaviyoCall call) => Change(call, SendJob, (data, resource) =>
    {
        var action = resource.GetProperty("attributes").GetProperty("action").GetString();
        if (data.Campaigns.Find(call.Id) is not { } campaign)
        {
            return KlaviyoErrors.Unknown(SendJob, call.Id).ToAnswer();
        }

        if (action is not ("cancel" or "revert"))
        {
            return KlaviyoErrors.Invalid($"'{action}' is not a valid action", "/data/attributes/action").ToAnswer();
        }

        if (campaign.StatusAt(call.Now) is not (Campaign.Scheduled or "Sending"))
        {
            return KlaviyoErrors.Invalid($"A campaign that is {campaign.StatusAt(call.Now)} can't be stopped.", "/data/attributes/action").ToAnswer();
        }

        // Reverted, it has been scheduled no more: it may be scheduled once again.
        data.Campaigns.Put(campaign with { Status = action == "cancel" ? Campaign.Cancelled : Campaign.Draft, IsJobStopped = true, Sends = action == "revert" ? campaign.Sends - 1 : campaign.Sends });
        return new Answer(204);
    });

    public static Answer Estimate(KlaviyoCall call) => Change(call, EstimationJob, (data, resource) =>
    {
        if (data.Campaigns.Find(Text(resource, "id")) is not { } campaign)
        {
            return KlaviyoErrors.Unknown("campaign", Text(resource, "id")).ToAnswer();
        }

        data.Campaigns.Put(campaign with { Estimated = call.Now });
        return Job(call, 202, EstimationJob, campaign.Id, "queued");
    });

    public static Answer FindEstimationJob(KlaviyoCall call) => call.Account.Use(data => IsCounted(call, data, out var campaign)
        ? Job(call, 200, EstimationJob, campaign.Id, "complete")
        : NoResults);

    public static Answer FindEstimation(KlaviyoCall call) => call.Account.Use(data => IsCounted(call, data, out var campaign)
        ? ResourceDocument.One(200, $"{call.Request.BaseAddress}{call.Request.Path}", json =>
        {
            json.WriteStartObject();
            json.WriteString("type", "campaign-recipient-estimation");
            json.WriteString("id", campaign.Id);
            json.WriteStartObject("attributes");
            json.WriteNumber("estimated_recipient_count", Recipients.Of(data, campaign, call.Now));
            json.WriteEndObject();
            CampaignDocument.WriteSelf(json, $"{call.Request.BaseAddress}{call.Request.Path}");
            json.WriteEndObject();
        })
        : NoResults);

    // What some accounts answer for ever.
    private static Answer NoResults => new KlaviyoError(404, "not_found", "Not found.", "No results or results were out of date. Schedule a new estimation.") { Pointer = "/data/" }.ToAnswer();

    private static bool IsCounted(KlaviyoCall call, AccountData data, out Campaign campaign)
    {
        campaign = data.Campaigns.Find(call.Id) ?? new Campaign("", "", "", "", call.Now);
        return campaign.Estimated is not null && call.Settings.Estimates;
    }

    private static Answer Change(KlaviyoCall call, string type, Func<AccountData, JsonElement, Answer> change)
    {
        if (JsonBody.Problem(call.Request) is { } refused)
        {
            return refused.ToAnswer();
        }

        try
        {
            using var document = JsonDocument.Parse(call.Request.Body.Bytes);
            var resource = document.RootElement.GetProperty("data");
            return Text(resource, "type") == type
                ? call.Account.Use(data => change(data, resource))
                : KlaviyoErrors.Invalid($"'{Text(resource, "type")}' is not a valid type, expected '{type}'", "/data/type").ToAnswer();
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return KlaviyoErrors.Invalid($"The body is not that of a {type}.", "/data").ToAnswer();
        }
    }

    private static Answer Job(KlaviyoCall call, int status, string type, string id, string state)
    {
        var self = $"{call.Request.BaseAddress}/api/{type}s/{id}/";
        return ResourceDocument.One(status, self, json => CampaignDocument.WriteJob(json, type, self, id, state));
    }

    private static string Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.ToString() : "";
}
