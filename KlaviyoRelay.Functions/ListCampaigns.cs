using KlaviyoRelay.Core.Campaigns;
using Microsoft.AspNetCore.Http;

namespace KlaviyoRelay.Functions;

/// <summary>Lists the newest email campaigns of an account; <c>?status=scheduled</c> those of a status.</summary>
public sealed class ListCampaigns(CampaignRequests requests, CampaignSwitch campaigns)
{
    [Function(nameof(ListCampaigns))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "accounts/{account}/campaigns")] HttpRequest request,
        string account,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return requests.AnswerAsync<CampaignList>(
            account,
            (known, budget) => campaigns.ListAsync(known, request.Query["status"], budget, cancellationToken),
            done => RelayAnswer.Json(StatusCodes.Status200OK, done.Value, AnswerJsonContext.Readable.CampaignList));
    }
}
