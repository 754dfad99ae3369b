using KlaviyoRelay.Core.Campaigns;
using Microsoft.AspNetCore.Http;

namespace KlaviyoRelay.Functions;

/// <summary>Makes a campaign as a draft, once for each <c>Idempotency-Key</c>, or without one for each body. 201 when it is new, 200 when it was there.</summary>
public sealed class MakeCampaign(CampaignRequests requests, CampaignMaker maker)
{
    [Function(nameof(MakeCampaign))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "accounts/{account}/campaigns")] HttpRequest request,
        string account,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (await CampaignRequests.BodyAsync(request, cancellationToken) is not { } body)
        {
            return RelayAnswer.Problem(StatusCodes.Status413PayloadTooLarge, "Too large.", "The body is larger than 2 MB.");
        }

        var key = request.Headers["Idempotency-Key"] is [{ Length: > 0 } given, ..] ? given : null;
        return await requests.AnswerAsync<CampaignView>(
            account,
            (known, budget) => maker.MakeAsync(known, body, key, budget, cancellationToken),
            done => RelayAnswer.Json(done.IsNew ? StatusCodes.Status201Created : StatusCodes.Status200OK, done.Value, AnswerJsonContext.Readable.CampaignView));
    }
}
