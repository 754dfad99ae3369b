using Microsoft.AspNetCore.Http;

namespace KlaviyoRelay.Functions;

/// <summary>Tells how far a run is, and its result. The sync's own secret is checked.</summary>
public sealed class GetRecordsRun(RecordRequests requests)
{
    [Function(nameof(GetRecordsRun))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "records/{sync}/runs/{run}")] HttpRequest request,
        string sync,
        string run,
        CancellationToken cancellationToken) => requests.GetRunAsync(request, sync, run, hasFunctionKey: false, cancellationToken);
}
