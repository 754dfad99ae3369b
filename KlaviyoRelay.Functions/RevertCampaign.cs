using KlaviyoRelay.Core.Campaigns;
using Microsoft.AspNetCore.Http;

namespace KlaviyoRelay.Functions;

/// <summary>Makes a scheduled campaign a draft again.</summary>
public sealed class RevertCampaign(CampaignRequests requests, CampaignSwitch campaigns)
{
    [Function(nameof(RevertCampaign))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "accounts/{account}/campaigns/{id}/revert")] HttpRequest request,
        string account,
        string id,
        CancellationToken cancellationToken)
    {
        _ = request;
        return requests.AnswerAsync<CampaignView>(
            account,
            (known, budget) => campaigns.BringAsync(known, id, SendingGoal.Draft, budget, cancellationToken),
            done => RelayAnswer.Json(StatusCodes.Status200OK, done.Value, AnswerJsonContext.Readable.CampaignView));
    }
}
