using KlaviyoRelay.Core.Insights.Kustomer;
using Microsoft.AspNetCore.Http;

namespace KlaviyoRelay.Functions;

/// <summary>The page of the card that Kustomer frames. It is public, because it holds nothing of a customer.</summary>
public sealed class GetCard(CardPage page)
{
    [Function(nameof(GetCard))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "cards/{connection}")] HttpRequest request,
        string connection)
    {
        _ = request;
        return Task.FromResult<IResult>(page.IsOf(connection) ? CardResult.Page(page, connection) : CardResult.NotFound);
    }
}
