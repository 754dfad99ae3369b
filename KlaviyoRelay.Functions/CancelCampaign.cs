using KlaviyoRelay.Core.Campaigns;
using Microsoft.AspNetCore.Http;

namespace KlaviyoRelay.Functions;

/// <summary>Cancels a campaign for good.</summary>
public sealed class CancelCampaign(CampaignRequests requests, CampaignSwitch campaigns)
{
    [Function(nameof(CancelCampaign))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "accounts/{account}/campaigns/{id}/cancel")] HttpRequest request,
        string account,
        string id,
        CancellationToken cancellationToken)
    {
        _ = request;
        return requests.AnswerAsync<CampaignView>(
            account,
            (known, budget) => campaigns.BringAsync(known, id, SendingGoal.Cancelled, budget, cancellationToken),
            done => RelayAnswer.Json(StatusCodes.Status200OK, done.Value, AnswerJsonContext.Readable.CampaignView));
    }
}
