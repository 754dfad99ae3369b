using System.Text.Json;
using KlaviyoRelay.Core.Records;
using KlaviyoRelay.Core.Records.Mapping;
using KlaviyoRelay.Core.Records.Readers;
using KlaviyoRelay.Core.Records.Receiving;
using KlaviyoRelay.Core.Records.Runs;
using KlaviyoRelay.Core.Records.Storage;
using KlaviyoRelay.Core.Secrets;

namespace KlaviyoRelay.Dashboard.Act;

/// <summary>Shows runs of rows and their results, previews rows and takes them in, as the functions and the command line do.</summary>
internal sealed class RecordActions(Syncs syncs, RunReporter reporter, RowsReceiver receiver, ISecretStore secrets, TimeProvider clock)
{
    private const int PreviewedRows = 20;

    private const string NoRun = "There is no such run. Runs are kept for 30 days.";

    /// <summary>The syncs, and the last runs of each, the newest first.</summary>
    public async Task<DashboardAnswer> ListAsync(HttpRequest request) => await ReadAsync(async () =>
    {
        var runs = new List<RunRow>();
        foreach (var sync in syncs.All)
        {
            var reports = await reporter.ListAsync(sync, "", request.HttpContext.RequestAborted);
            runs.AddRange(reports.Runs.Select(run => RunRow.Of(sync, run)));
        }

        return DashboardAnswer.Of(
            new RunList([.. syncs.All.Select(SyncRow.Of)], [.. runs.OrderByDescending(run => run.AcceptedAt)]), DashboardJson.Default.RunList);
    });

    /// <summary>One run; when it has ended, with the rows of which something is said.</summary>
    public async Task<DashboardAnswer> FindAsync(HttpRequest request) => await ReadAsync(async () =>
    {
        var (name, id, cancellationToken) = ($"{request.RouteValues["sync"]}", $"{request.RouteValues["run"]}", request.HttpContext.RequestAborted);
        if (syncs.Find(name) is not { } sync || await reporter.FindAsync(sync, id, "", cancellationToken) is not { } run)
        {
            return DashboardAnswer.Problem(StatusCodes.Status404NotFound, NoRun);
        }

        await using var result = await reporter.OpenResultAsync(sync, id, "json", cancellationToken);
        var lines = result is null ? null : await JsonSerializer.DeserializeAsync(result, RecordJsonContext.Default.RunResult, cancellationToken);
        return DashboardAnswer.Of(RunDetail.Of(sync, run, lines?.Lines ?? []), DashboardJson.Default.RunDetail);
    });

    /// <summary>What the first rows of a body become. Nothing is stored or sent.</summary>
    public async Task<DashboardAnswer> PreviewAsync(HttpRequest request)
    {
        var cancellationToken = request.HttpContext.RequestAborted;
        if (RowsOf(request) is not { Format: { } format } rows || syncs.Find(rows.Sync) is not { } sync)
        {
            return Wrong;
        }

        await using var reader = RowReader.Open(request.Body, format, rows.IsGzip == true, sync.Mapping.Columns, RowLimits.Default);
        var (mapper, previewed) = (new RowMapper(sync, clock), new List<PreviewRow>());
        while (previewed.Count < PreviewedRows && await reader.ReadAsync(cancellationToken) is { } row)
        {
            previewed.Add(PreviewRow.Of(mapper.Map(row)));
        }

        return reader.Refusal is { } refusal
            ? DashboardAnswer.Problem(StatusCodes.Status400BadRequest, $"The rows can't be read. {refusal.Message}")
            : DashboardAnswer.Of(new RowPreview(previewed), DashboardJson.Default.RowPreview);
    }

    /// <summary>Takes a body in, as the sync's own address does.</summary>
    public async Task<DashboardAnswer> UploadAsync(HttpRequest request)
    {
        if (RowsOf(request) is not { Format: not null } rows || syncs.Find(rows.Sync) is not { TakesRows: true } sync)
        {
            return Wrong;
        }

        try
        {
            var credential = sync.Secret.Length == 0
                ? new RowsCredential(Authorization: null, HasFunctionKey: true)
                : new RowsCredential($"Bearer {await secrets.GetAsync(sync.Secret, request.HttpContext.RequestAborted)}");
            return await receiver.ReceiveAsync(rows with { Credential = credential }, request.HttpContext.RequestAborted) switch
            {
                RowsOutcome.Accepted { Run: var run } => DashboardAnswer.Of(new UploadedRun(sync.Name, run), DashboardJson.Default.UploadedRun),
                RowsOutcome.Refused { Refusal.Message: var message } => DashboardAnswer.Problem(StatusCodes.Status400BadRequest, $"The rows can't be read. {message}"),
                RowsOutcome.Unavailable { Detail: var detail } => DashboardAnswer.Problem(StatusCodes.Status503ServiceUnavailable, detail),
                _ => Wrong,
            };
        }
        catch (SecretUnavailableException exception)
        {
            return DashboardAnswer.Problem(StatusCodes.Status503ServiceUnavailable, exception.Message);
        }
    }

    private static DashboardAnswer Wrong =>
        DashboardAnswer.Problem(StatusCodes.Status400BadRequest, "Choose a sync that takes rows, and a file whose name ends with .csv, .json, .ndjson or .jsonl, or one of them with .gz.");

    private static RowsRequest RowsOf(HttpRequest request) => new(
        $"{request.RouteValues["sync"]}", new RowsCredential(Authorization: null), request.ContentType, request.Headers.ContentEncoding, IdempotencyKey: null, request.Body);

    private static async Task<DashboardAnswer> ReadAsync(Func<Task<DashboardAnswer>> read)
    {
        try
        {
            return await read();
        }
        catch (RecordStoreException exception)
        {
            return DashboardAnswer.Problem(StatusCodes.Status503ServiceUnavailable, exception.Message);
        }
    }
}
