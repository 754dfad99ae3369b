using KlaviyoRelay.Core.Records;
using KlaviyoRelay.Core.Records.Receiving;
using KlaviyoRelay.Core.Records.Runs;
using KlaviyoRelay.Core.Records.Storage;
using KlaviyoRelay.Core.Secrets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace KlaviyoRelay.Functions;

/// <summary>What the HTTP functions about rows do, whichever credential the Functions host asks for.</summary>
public sealed class RecordRequests(RowsReceiver receiver, Syncs syncs, SyncAccess access, RunReporter reporter)
{
    /// <summary>Takes rows in.</summary>
    /// <param name="request">The request.</param>
    /// <param name="sync">The sync that its address names.</param>
    /// <param name="hasFunctionKey">Whether the Functions host has seen a key.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<IResult> ReceiveAsync(HttpRequest request, string sync, bool hasFunctionKey, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        // The station has a limit of its own, which it explains.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }

        var rows = new RowsRequest(
            sync,
            new RowsCredential(request.Headers.Authorization, hasFunctionKey),
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

    /// <summary>Tells how far a run is; with <c>?result=csv</c> or <c>?result=json</c>, its result.</summary>
    /// <param name="request">The request.</param>
    /// <param name="sync">The sync that its address names.</param>
    /// <param name="run">The run.</param>
    /// <param name="hasFunctionKey">Whether the Functions host has seen a key.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<IResult> GetRunAsync(HttpRequest request, string sync, string run, bool hasFunctionKey, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return await AnswerAsync(request, sync, hasFunctionKey, async known => request.Query["result"] is [{ } format]
            ? await reporter.OpenResultAsync(known, run, format, cancellationToken) is { } result ? RelayAnswer.File(result, format == "csv" ? "text/csv" : "application/json") : RecordResults.NotFound
            : await reporter.FindAsync(known, run, request.Path, cancellationToken) is { } report ? RelayAnswer.Json(StatusCodes.Status200OK, report, RecordJsonContext.Default.RunReport) : RecordResults.NotFound,
            cancellationToken);
    }

    /// <summary>Tells the last runs of a sync, the newest first.</summary>
    /// <param name="request">The request.</param>
    /// <param name="sync">The sync that its address names.</param>
    /// <param name="hasFunctionKey">Whether the Functions host has seen a key.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<IResult> ListRunsAsync(HttpRequest request, string sync, bool hasFunctionKey, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return await AnswerAsync(request, sync, hasFunctionKey, async known =>
            RelayAnswer.Json(StatusCodes.Status200OK, await reporter.ListAsync(known, request.Path, cancellationToken), RecordJsonContext.Default.RunReports), cancellationToken);
    }

    private async Task<IResult> AnswerAsync(HttpRequest request, string sync, bool hasFunctionKey, Func<Sync, Task<IResult>> answer, CancellationToken cancellationToken)
    {
        if (syncs.Find(sync) is not { } known)
        {
            return RecordResults.NotFound;
        }

        try
        {
            return await access.IsGrantedAsync(known, new RowsCredential(request.Headers.Authorization, hasFunctionKey), cancellationToken) ? await answer(known) : RecordResults.Unauthorized;
        }
        catch (Exception exception) when (exception is RecordStoreException or SecretUnavailableException)
        {
            return RecordResults.Unavailable;
        }
    }
}
