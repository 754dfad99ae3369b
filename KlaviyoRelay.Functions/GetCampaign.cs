using KlaviyoRelay.Core.Campaigns;
using Microsoft.AspNetCore.Http;

namespace KlaviyoRelay.Functions;

/// <summary>Shows a campaign; <c>?estimate=true</c> with how many would get it.</summary>
public sealed class GetCampaign(CampaignRequests requests, CampaignSwitch campaigns)
{
    [Function(nameof(GetCampaign))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "accounts/{account}/campaigns/{id}")] HttpRequest request,
        string account,
        string id,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return requests.AnswerAsync<CampaignView>(
            account,
            (known, budget) => campaigns.FindAsync(known, id, request.Query["estimate"] is ["true"], budget, cancellationToken),
            done => RelayAnswer.Json(StatusCodes.Status200OK, done.Value, AnswerJsonContext.Readable.CampaignView));
    }
}
