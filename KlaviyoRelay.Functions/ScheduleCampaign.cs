using KlaviyoRelay.Core.Campaigns;
using Microsoft.AspNetCore.Http;

namespace KlaviyoRelay.Functions;

/// <summary>Schedules a campaign, once however often it is asked for.</summary>
public sealed class ScheduleCampaign(CampaignRequests requests, CampaignSwitch campaigns)
{
    [Function(nameof(ScheduleCampaign))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "accounts/{account}/campaigns/{id}/schedule")] HttpRequest request,
        string account,
        string id,
        CancellationToken cancellationToken)
    {
        _ = request;
        return requests.AnswerAsync<CampaignView>(
            account,
            (known, budget) => campaigns.BringAsync(known, id, SendingGoal.Scheduled, budget, cancellationToken),
            done => RelayAnswer.Json(StatusCodes.Status200OK, done.Value, AnswerJsonContext.Readable.CampaignView));
    }
}
