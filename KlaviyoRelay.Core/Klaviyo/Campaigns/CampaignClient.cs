using System.Net;
using System.Text.Json.Nodes;
using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Core.Klaviyo.Campaigns;

/// <summary>
/// Campaigns (developers.klaviyo.com, Campaigns and Reporting), in a revision of their own: from 2026-10-15 on they have
/// another model there. What may not be carried out twice is sent once, and its caller decides what an answer that is lost means.
/// </summary>
public sealed class CampaignClient(KlaviyoApi klaviyo)
{
    public const string Revision = "2026-07-15";

    private const string Campaigns = "api/campaigns";
    private const string SendJobs = "api/campaign-send-jobs";
    private const string EstimationJobs = "api/campaign-recipient-estimation-jobs";
    private const string Fields = "fields%5Bcampaign%5D=name%2Cstatus%2Carchived%2Caudiences";
    private const string AllFields = Fields + "%2Csend_strategy%2Ccreated_at%2Csend_time";
    private const string OfEmail = "equals(messages.channel,'email')";

    // Klaviyo lists the campaigns of one channel at a time.
    private static readonly string[] Channels = ["email", "sms", "mobile_push"];

    // The messages of these have not gone out.
    private static readonly string[] Waiting = ["Scheduled", "Preparing to schedule", "Queued without Recipients", "Adding Recipients", "Preparing to send"];

    /// <summary>The campaigns of every channel that are to be sent.</summary>
    public async Task<Result<IReadOnlyList<ScheduledCampaign>>> ScheduledAsync(KlaviyoAccount account, BatchBudget budget, CancellationToken cancellationToken, Lane lane = Lane.Audit)
    {
        var scheduled = new List<ScheduledCampaign>();
        foreach (var channel in Channels)
        {
            var filter = Uri.EscapeDataString($"equals(messages.channel,'{channel}')");
            var call = Call(account, KlaviyoEndpoint.ReadCampaigns, HttpMethod.Get, $"{Campaigns}?{Fields}&filter={filter}") with { Lane = lane, Route = Campaigns };
            var campaigns = await klaviyo.ReadAllAsync(call, CampaignJsonContext.Default.KlaviyoPageCampaignAttributes, budget, cancellationToken);
            if (!campaigns.IsSuccess)
            {
                return Result.Failed<IReadOnlyList<ScheduledCampaign>>(campaigns.Failure);
            }

            scheduled.AddRange(campaigns.Value.Where(IsWaiting).Select(campaign => Of(campaign, channel)));
        }

        return Result.Of<IReadOnlyList<ScheduledCampaign>>(scheduled);
    }

    /// <summary>The newest email campaigns: a page of 100.</summary>
    public async Task<Result<IReadOnlyList<KlaviyoResource<CampaignAttributes>>>> NewestAsync(KlaviyoAccount account, BatchBudget budget, CancellationToken cancellationToken)
    {
        var call = Call(account, KlaviyoEndpoint.ReadCampaigns, HttpMethod.Get, $"{Campaigns}?{AllFields}&filter={Uri.EscapeDataString(OfEmail)}&sort=-created_at") with { Route = Campaigns };
        var page = await klaviyo.ReadAsync(call, CampaignJsonContext.Default.KlaviyoPageCampaignAttributes, budget, cancellationToken);
        return page.IsSuccess
            ? Result.Of<IReadOnlyList<KlaviyoResource<CampaignAttributes>>>([.. (page.Value.Data ?? []).OfType<KlaviyoResource<CampaignAttributes>>()])
            : Result.Failed<IReadOnlyList<KlaviyoResource<CampaignAttributes>>>(page.Failure);
    }

    /// <summary>The email campaigns that have this in their name, the archived ones too.</summary>
    public Task<Result<IReadOnlyList<KlaviyoResource<CampaignAttributes>>>> NamedAsync(KlaviyoAccount account, string text, BatchBudget budget, CancellationToken cancellationToken) => klaviyo.ReadAllAsync(
        Call(account, KlaviyoEndpoint.ReadCampaigns, HttpMethod.Get, $"{Campaigns}?{AllFields}&filter={Uri.EscapeDataString($"{OfEmail},contains(name,'{text}')")}") with { Route = Campaigns },
        CampaignJsonContext.Default.KlaviyoPageCampaignAttributes,
        budget,
        cancellationToken);

    /// <summary>A campaign. Its document is empty when Klaviyo has none of the id.</summary>
    public Task<Result<KlaviyoDocument<CampaignAttributes>>> FindAsync(KlaviyoAccount account, string id, BatchBudget budget, CancellationToken cancellationToken) => klaviyo.FindAsync(
        Call(account, KlaviyoEndpoint.ReadCampaign, HttpMethod.Get, $"{Campaigns}/{Uri.EscapeDataString(id)}?{AllFields}"), CampaignJsonContext.Default.KlaviyoDocumentCampaignAttributes, budget, cancellationToken);

    /// <summary>The messages of a campaign; a campaign of one email has one.</summary>
    public async Task<Result<IReadOnlyList<CampaignMessage>>> MessagesAsync(KlaviyoAccount account, string id, BatchBudget budget, CancellationToken cancellationToken)
    {
        var call = Call(account, KlaviyoEndpoint.ReadCampaignMessages, HttpMethod.Get, $"{Campaigns}/{Uri.EscapeDataString(id)}/campaign-messages?include=template&fields%5Btemplate%5D=name");
        var read = await klaviyo.ReadAsync(call, CampaignJsonContext.Default.MessagesAnswer, budget, cancellationToken);
        return read.IsSuccess
            ? Result.Of<IReadOnlyList<CampaignMessage>>([.. (read.Value.Data ?? []).Where(message => message?.Id is not null).Select(message => new CampaignMessage(message?.Id ?? "", message?.Relationships?.Template?.Data?.Id is not null))])
            : Result.Failed<IReadOnlyList<CampaignMessage>>(read.Failure);
    }

    /// <summary>Makes a draft.</summary>
    public Task<ChangeAnswer> CreateAsync(KlaviyoAccount account, NewCampaign campaign, BatchBudget budget, CancellationToken cancellationToken) =>
        ChangeAsync(Call(account, KlaviyoEndpoint.CreateCampaign, HttpMethod.Post, Campaigns) with { Route = Campaigns, Body = campaign.Write() }, HttpStatusCode.Created, budget, cancellationToken);

    /// <summary>Gives a message a copy of a template.</summary>
    public Task<ChangeAnswer> AssignAsync(KlaviyoAccount account, string message, string template, BatchBudget budget, CancellationToken cancellationToken)
    {
        const string Path = "api/campaign-message-assign-template";
        var body = NewCampaign.Resource(
            "campaign-message", message, ("relationships", new JsonObject { ["template"] = new JsonObject { ["data"] = new JsonObject { ["type"] = "template", ["id"] = template } } }));
        return ChangeAsync(Call(account, KlaviyoEndpoint.AssignTemplate, HttpMethod.Post, Path) with { Route = Path, Body = body }, HttpStatusCode.OK, budget, cancellationToken);
    }

    /// <summary>Sends a campaign: one with a time is scheduled.</summary>
    public Task<ChangeAnswer> SendAsync(KlaviyoAccount account, string id, BatchBudget budget, CancellationToken cancellationToken) => ChangeAsync(
        Call(account, KlaviyoEndpoint.SendCampaign, HttpMethod.Post, SendJobs) with { Route = SendJobs, Body = NewCampaign.Resource("campaign-send-job", id) }, HttpStatusCode.Accepted, budget, cancellationToken);

    /// <summary>How far the sending of a campaign is: <c>queued</c>, <c>processing</c>, <c>complete</c> or <c>cancelled</c>. The document is empty when it was not sent.</summary>
    public Task<Result<KlaviyoDocument<CampaignJobAttributes>>> FindSendJobAsync(KlaviyoAccount account, string id, BatchBudget budget, CancellationToken cancellationToken) => klaviyo.FindAsync(
        Call(account, KlaviyoEndpoint.ReadSendJob, HttpMethod.Get, $"{SendJobs}/{Uri.EscapeDataString(id)}"), CampaignJsonContext.Default.KlaviyoDocumentCampaignJobAttributes, budget, cancellationToken);

    /// <summary>Cancels a campaign for good, or makes it a draft again.</summary>
    /// <param name="account">The account.</param>
    /// <param name="id">The campaign.</param>
    /// <param name="action"><c>cancel</c> or <c>revert</c>.</param>
    /// <param name="budget">The time that is left.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<ChangeAnswer> ChangeSendingAsync(KlaviyoAccount account, string id, string action, BatchBudget budget, CancellationToken cancellationToken)
    {
        var call = Call(account, KlaviyoEndpoint.ChangeSendJob, HttpMethod.Patch, $"{SendJobs}/{Uri.EscapeDataString(id)}") with
        {
            Body = NewCampaign.Resource("campaign-send-job", id, ("attributes", new JsonObject { ["action"] = action })),
            Form = AnswerForm.Found with { Success = HttpStatusCode.NoContent },
            IsRepeatable = false,
        };
        using var answer = await klaviyo.SendAsync(call, budget, cancellationToken);
        return await ChangeAnswer.ReadAsync(answer, HttpStatusCode.NoContent, type: null, cancellationToken);
    }

    /// <summary>Has Klaviyo count who would get a campaign now.</summary>
    public Task<ChangeAnswer> EstimateAsync(KlaviyoAccount account, string id, BatchBudget budget, CancellationToken cancellationToken) => ChangeAsync(
        Call(account, KlaviyoEndpoint.EstimateCampaign, HttpMethod.Post, EstimationJobs) with { Route = EstimationJobs, Body = NewCampaign.Resource("campaign-recipient-estimation-job", id) },
        HttpStatusCode.Accepted,
        budget,
        cancellationToken);

    /// <summary>How many would get a campaign. The document is empty while Klaviyo does not tell, which can be for ever.</summary>
    public Task<Result<KlaviyoDocument<EstimationAttributes>>> FindEstimateAsync(KlaviyoAccount account, string id, BatchBudget budget, CancellationToken cancellationToken) => klaviyo.FindAsync(
        Call(account, KlaviyoEndpoint.ReadEstimation, HttpMethod.Get, $"api/campaign-recipient-estimations/{Uri.EscapeDataString(id)}"), CampaignJsonContext.Default.KlaviyoDocumentEstimationAttributes, budget, cancellationToken);

    /// <summary>A page of the figures of every campaign.</summary>
    /// <param name="account">The account.</param>
    /// <param name="report">The body of the request.</param>
    /// <param name="next">The address of a further page; null for the first.</param>
    /// <param name="budget">The time that is left.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public Task<Result<ReportAnswer>> ReportAsync(KlaviyoAccount account, ReadOnlyMemory<byte> report, string? next, BatchBudget budget, CancellationToken cancellationToken) => klaviyo.ReadAsync(
        Call(account, KlaviyoEndpoint.ReportCampaigns, HttpMethod.Post, next ?? "api/campaign-values-reports") with { Body = report }, CampaignJsonContext.Default.ReportAnswer, budget, cancellationToken);

    /// <summary>The campaign that a message is of.</summary>
    public async Task<Result<KlaviyoResource<CampaignAttributes>>> OfMessageAsync(KlaviyoAccount account, string message, BatchBudget budget, CancellationToken cancellationToken)
    {
        var call = Call(account, KlaviyoEndpoint.ReadMessageCampaign, HttpMethod.Get, $"api/campaign-messages/{Uri.EscapeDataString(message)}/campaign?fields%5Bcampaign%5D=name") with { Lane = Lane.Insights };
        var read = await klaviyo.ReadAsync(call, CampaignJsonContext.Default.KlaviyoDocumentCampaignAttributes, budget, cancellationToken);
        return !read.IsSuccess ? read.Failure : read.Value.Data is { Id: not null } campaign ? campaign : KlaviyoApi.Unreadable;
    }

    private async Task<ChangeAnswer> ChangeAsync(KlaviyoCall call, HttpStatusCode success, BatchBudget budget, CancellationToken cancellationToken)
    {
        using var answer = await klaviyo.SendAsync(call with { Form = AnswerForm.Found with { Success = success }, IsRepeatable = false }, budget, cancellationToken);
        return await ChangeAnswer.ReadAsync(answer, success, CampaignJsonContext.Default.KlaviyoDocumentNamedAttributes, cancellationToken);
    }

    private static KlaviyoCall Call(KlaviyoAccount account, KlaviyoEndpoint endpoint, HttpMethod method, string path) => new(account, Lane.Campaigns, endpoint, method, path) { Revision = Revision };

    private static bool IsWaiting(KlaviyoResource<CampaignAttributes> campaign) =>
        campaign.Attributes is { Archived: not true } attributes && Waiting.Contains(attributes.Status, StringComparer.OrdinalIgnoreCase);

    private static ScheduledCampaign Of(KlaviyoResource<CampaignAttributes> campaign, string channel) => new(
        campaign.Id ?? "",
        campaign.Attributes?.Name ?? campaign.Id ?? "",
        channel,
        [.. (campaign.Attributes?.Audiences?.Included ?? []).OfType<string>()],
        [.. (campaign.Attributes?.Audiences?.Excluded ?? []).OfType<string>()]);
}
