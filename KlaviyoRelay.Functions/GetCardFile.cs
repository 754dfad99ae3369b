using KlaviyoRelay.Core.Insights.Kustomer;
using Microsoft.AspNetCore.Http;

namespace KlaviyoRelay.Functions;

/// <summary>A script or style of the card's page. Its address has the version in it, so a browser keeps it for good.</summary>
public sealed class GetCardFile(CardPage page)
{
    [Function(nameof(GetCardFile))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "cards/{connection}/{version}/{file}")] HttpRequest request,
        string connection,
        string version,
        string file)
    {
        _ = request;
        return Task.FromResult<IResult>(
            page.IsOf(connection) && page.Find(file) is { } found
                // While a new version is rolled out, the page may come from one instance and its files from another.
                ? CardResult.File(found, isKept: version == page.Version)
                : CardResult.NotFound);
    }
}
