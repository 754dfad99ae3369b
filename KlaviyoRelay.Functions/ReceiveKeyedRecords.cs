using Microsoft.AspNetCore.Http;

namespace KlaviyoRelay.Functions;

/// <summary>Takes rows in for a sync without a secret of its own: the Functions host asks for a key.</summary>
public sealed class ReceiveKeyedRecords(RecordRequests requests)
{
    [Function(nameof(ReceiveKeyedRecords))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "records/{sync}/keyed")] HttpRequest request,
        string sync,
        CancellationToken cancellationToken) => requests.ReceiveAsync(request, sync, hasFunctionKey: true, cancellationToken);
}
