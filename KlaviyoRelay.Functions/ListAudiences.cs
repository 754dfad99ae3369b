using KlaviyoRelay.Core.Campaigns;
using Microsoft.AspNetCore.Http;

namespace KlaviyoRelay.Functions;

/// <summary>Lists the lists and segments that a campaign can go to; <c>?search=</c> those with a text in the name, <c>?fresh=true</c> past the cache.</summary>
public sealed class ListAudiences(CampaignRequests requests, Audiences audiences)
{
    [Function(nameof(ListAudiences))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "accounts/{account}/audiences")] HttpRequest request,
        string account,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return requests.AnswerAsync<AudienceList>(
            account,
            async (known, budget) => await audiences.AllAsync(known, request.Query["fresh"] is ["true"], budget, cancellationToken) switch
            {
                { IsSuccess: true, Value: var all } => new CampaignOutcome<AudienceList>.Done(Audiences.Search(all, request.Query["search"])),
                { Failure: var failure } => new CampaignOutcome<AudienceList>.Failed(failure),
            },
            done => RelayAnswer.Json(StatusCodes.Status200OK, done.Value, AnswerJsonContext.Readable.AudienceList));
    }
}
