using Microsoft.AspNetCore.Http;

namespace KlaviyoRelay.Functions;

/// <summary>Tells the last runs of a sync. The sync's own secret is checked.</summary>
public sealed class ListRecordsRuns(RecordRequests requests)
{
    [Function(nameof(ListRecordsRuns))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "records/{sync}/runs")] HttpRequest request,
        string sync,
        CancellationToken cancellationToken) => requests.ListRunsAsync(request, sync, hasFunctionKey: false, cancellationToken);
}
