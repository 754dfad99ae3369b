using System.Text;
using KlaviyoRelay.Core.Campaigns.Figures;
using Microsoft.AspNetCore.Http;

namespace KlaviyoRelay.Functions;

/// <summary>Tells the figures of all campaigns of a <c>?timeframe=</c>; <c>?format=csv</c> as a sheet.</summary>
public sealed class GetCampaignPerformance(CampaignRequests requests, PerformanceReports reports)
{
    [Function(nameof(GetCampaignPerformance))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "accounts/{account}/campaign-performance")] HttpRequest request,
        string account,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return requests.AnswerAsync<CampaignPerformance>(
            account,
            (known, budget) => reports.ReadAsync(known, request.Query["timeframe"], budget, cancellationToken),
            done => request.Query["format"] is ["csv"]
                ? RelayAnswer.File(new MemoryStream(Encoding.UTF8.GetBytes(done.Value.Csv())), "text/csv")
                : RelayAnswer.Json(StatusCodes.Status200OK, done.Value, AnswerJsonContext.Readable.CampaignPerformance));
    }
}
