using Microsoft.AspNetCore.Http;

namespace KlaviyoRelay.Functions;

/// <summary>The same as <see cref="GetRecordsRun"/> for a sync without a secret of its own: the Functions host asks for a key.</summary>
public sealed class GetKeyedRecordsRun(RecordRequests requests)
{
    [Function(nameof(GetKeyedRecordsRun))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "records/{sync}/keyed/runs/{run}")] HttpRequest request,
        string sync,
        string run,
        CancellationToken cancellationToken) => requests.GetRunAsync(request, sync, run, hasFunctionKey: true, cancellationToken);
}
