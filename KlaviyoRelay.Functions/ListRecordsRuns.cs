using KlaviyoRelay.Core.Records;
using KlaviyoRelay.Core.Records.Receiving;
using KlaviyoRelay.Core.Records.Runs;
using KlaviyoRelay.Core.Records.Storage;
using KlaviyoRelay.Core.Secrets;
using Microsoft.AspNetCore.Http;

namespace KlaviyoRelay.Functions;

/// <summary>Tells the last runs of a sync, the newest first. The sync's own secret is checked.</summary>
public sealed class ListRecordsRuns(Syncs syncs, SyncAccess access, RunReporter reporter)
{
    [Function(nameof(ListRecordsRuns))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "records/{sync}/runs")] HttpRequest request,
        string sync,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (syncs.Find(sync) is not { } known)
        {
            return RecordResults.NotFound;
        }

        try
        {
            return await access.IsGrantedAsync(known, request.Headers.Authorization, cancellationToken)
                ? RelayAnswer.Json(StatusCodes.Status200OK, await reporter.ListAsync(known, request.Path, cancellationToken), RecordJsonContext.Default.RunReports)
                : RecordResults.Unauthorized;
        }
        catch (Exception exception) when (exception is RecordStoreException or SecretUnavailableException)
        {
            return RecordResults.Unavailable;
        }
    }
}
