using KlaviyoRelay.Core.Records;
using KlaviyoRelay.Core.Records.Receiving;
using KlaviyoRelay.Core.Records.Runs;
using KlaviyoRelay.Core.Records.Storage;
using KlaviyoRelay.Core.Secrets;
using Microsoft.AspNetCore.Http;

namespace KlaviyoRelay.Functions;

/// <summary>Tells how far a run is; with <c>?result=csv</c> or <c>?result=json</c>, its result. The sync's own secret is checked.</summary>
public sealed class GetRecordsRun(Syncs syncs, SyncAccess access, RunReporter reporter)
{
    [Function(nameof(GetRecordsRun))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "records/{sync}/runs/{run}")] HttpRequest request,
        string sync,
        string run,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (syncs.Find(sync) is not { } known)
        {
            return RecordResults.NotFound;
        }

        try
        {
            if (!await access.IsGrantedAsync(known, request.Headers.Authorization, cancellationToken))
            {
                return RecordResults.Unauthorized;
            }

            if (request.Query["result"] is [{ } format])
            {
                return await reporter.OpenResultAsync(known, run, format, cancellationToken) is { } result ? RelayAnswer.File(result, format == "csv" ? "text/csv" : "application/json") : RecordResults.NotFound;
            }

            return await reporter.FindAsync(known, run, request.Path, cancellationToken) is { } report
                ? RelayAnswer.Json(StatusCodes.Status200OK, report, RecordJsonContext.Default.RunReport)
                : RecordResults.NotFound;
        }
        catch (Exception exception) when (exception is RecordStoreException or SecretUnavailableException)
        {
            return RecordResults.Unavailable;
        }
    }
}
