using KlaviyoRelay.Core.Records.Receiving;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace KlaviyoRelay.Functions;

/// <summary>Takes rows in. Anonymous for the Functions host: the sync's own secret is checked.</summary>
public sealed class ReceiveRecords(RowsReceiver receiver)
{
    [Function(nameof(ReceiveRecords))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "records/{sync}")] HttpRequest request,
        string sync,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        // The station has a limit of its own, which it explains.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }

        var rows = new RowsRequest(
            sync,
            request.Headers.Authorization,
            request.ContentType,
            request.Headers.ContentEncoding,
            request.Headers["Idempotency-Key"],
            request.Body)
        {
            Run = request.Query["run"],
            Part = request.Query["part"],
        };
        return RecordResults.Of(await receiver.ReceiveAsync(rows, cancellationToken), request.Path);
    }
}
