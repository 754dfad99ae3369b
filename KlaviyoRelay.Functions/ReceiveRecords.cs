using Microsoft.AspNetCore.Http;

namespace KlaviyoRelay.Functions;

/// <summary>Takes rows in. Anonymous for the Functions host: the sync's own secret is checked.</summary>
public sealed class ReceiveRecords(RecordRequests requests)
{
    [Function(nameof(ReceiveRecords))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "records/{sync}")] HttpRequest request,
        string sync,
        CancellationToken cancellationToken) => requests.ReceiveAsync(request, sync, hasFunctionKey: false, cancellationToken);
}
