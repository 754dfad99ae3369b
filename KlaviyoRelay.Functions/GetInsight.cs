using KlaviyoRelay.Core.Insights;
using Microsoft.AspNetCore.Http;

namespace KlaviyoRelay.Functions;

/// <summary>Tells a helpdesk's card what Klaviyo knows of a customer. The connection's own token is checked.</summary>
public sealed class GetInsight(InsightDesk desk)
{
    [Function(nameof(GetInsight))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "insights/{connection}/customers/{customer}")] HttpRequest request,
        string connection,
        string customer,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return InsightResults.Of(await desk.AnswerAsync(connection, customer, request.Headers.Authorization, cancellationToken));
    }
}
