using System.Net;
using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Core.Klaviyo.Jobs;

/// <summary>
/// Klaviyo's bulk jobs for rows (developers.klaviyo.com, Bulk Import Profiles, Bulk Create Events). A job has no key that
/// makes a repeat harmless; an import that is sent twice writes the same twice.
/// </summary>
public sealed class JobClient(KlaviyoApi klaviyo)
{
    private const string Imports = "api/profile-bulk-import-jobs";
    private const string Events = "api/event-bulk-create-jobs";
    private const string OpenJobs = "?filter=any%28status%2C%5B%27queued%27%2C%27processing%27%5D%29&sort=-created_at&page%5Bsize%5D=100";

    // What stands before Klaviyo refuses a large body as well, with a page. A smaller job goes through.
    private static readonly AnswerForm OfJobs = AnswerForm.Accepted with { TakesAsVerdict = HttpStatusCode.RequestEntityTooLarge };

    /// <summary>Sends up to 10,000 profiles, which become members of the lists that the body names.</summary>
    public async Task<JobOutcome> CreateImportAsync(KlaviyoAccount account, ReadOnlyMemory<byte> body, BatchBudget budget, CancellationToken cancellationToken)
    {
        var call = Post(account, KlaviyoEndpoint.CreateImport, Imports, body);
        using var answer = await klaviyo.SendAsync(call, budget, cancellationToken);
        if (await RefusalAsync(answer, cancellationToken) is { } refused)
        {
            return refused;
        }

        // Without its id the job can't be followed, so it is sent again.
        var job = await KlaviyoApi.ReadAsync(answer, KlaviyoResourcesJsonContext.Default.KlaviyoDocumentJobAttributes, cancellationToken);
        return job?.Data?.Id is { Length: > 0 } id ? new JobOutcome.Accepted(id) : new JobOutcome.Failed(KlaviyoApi.Unreadable);
    }

    /// <summary>Sends up to 1,000 events. Klaviyo tells nothing of what becomes of them.</summary>
    public async Task<JobOutcome> CreateEventsAsync(KlaviyoAccount account, ReadOnlyMemory<byte> body, BatchBudget budget, CancellationToken cancellationToken)
    {
        using var answer = await klaviyo.SendAsync(Post(account, KlaviyoEndpoint.CreateEvents, Events, body), budget, cancellationToken);
        return await RefusalAsync(answer, cancellationToken) ?? new JobOutcome.Accepted(Id: null);
    }

    /// <summary>Every import job that has not ended, of other programs too: a request for 100 of them.</summary>
    public async Task<Result<IReadOnlyList<ImportJob>>> ListOpenAsync(KlaviyoAccount account, BatchBudget budget, CancellationToken cancellationToken)
    {
        var call = new KlaviyoCall(account, Lane.Records, KlaviyoEndpoint.ListImports, HttpMethod.Get, Imports + OpenJobs) { Route = Imports };
        var read = await klaviyo.ReadAllAsync(call, KlaviyoResourcesJsonContext.Default.KlaviyoPageJobAttributes, budget, cancellationToken);
        return read.IsSuccess
            ? Result.Of<IReadOnlyList<ImportJob>>([.. (read.Value ?? []).Select(Read).OfType<ImportJob>()])
            : Result.Failed<IReadOnlyList<ImportJob>>(read.Failure);
    }

    /// <summary>One job; none when Klaviyo no longer knows it, as after 7 days.</summary>
    public async Task<Result<FoundJob>> FindAsync(KlaviyoAccount account, string id, BatchBudget budget, CancellationToken cancellationToken)
    {
        var call = new KlaviyoCall(account, Lane.Records, KlaviyoEndpoint.ReadImport, HttpMethod.Get, $"{Imports}/{Uri.EscapeDataString(id)}");
        using var answer = await klaviyo.SendAsync(call, budget, cancellationToken);
        if (answer.Value?.StatusCode == HttpStatusCode.NotFound)
        {
            return Result.Of(new FoundJob(Job: null));
        }

        if (await KlaviyoClient.FailureAsync(answer, HttpStatusCode.OK, cancellationToken) is { } failure)
        {
            return Result.Failed<FoundJob>(failure);
        }

        var read = await KlaviyoApi.ReadAsync(answer, KlaviyoResourcesJsonContext.Default.KlaviyoDocumentJobAttributes, cancellationToken);
        return read?.Data is { } data && Read(data) is { } job ? Result.Of(new FoundJob(job)) : Result.Failed<FoundJob>(KlaviyoApi.Unreadable);
    }

    /// <summary>Every row that a job refused.</summary>
    public async Task<Result<IReadOnlyList<ImportError>>> ReadErrorsAsync(KlaviyoAccount account, string id, BatchBudget budget, CancellationToken cancellationToken)
    {
        var path = $"{Imports}/{Uri.EscapeDataString(id)}/import-errors?page%5Bsize%5D=100";
        var call = new KlaviyoCall(account, Lane.Records, KlaviyoEndpoint.ReadImportErrors, HttpMethod.Get, path);
        var read = await klaviyo.ReadAllAsync(call, KlaviyoResourcesJsonContext.Default.KlaviyoPageImportErrorAttributes, budget, cancellationToken);
        return read.IsSuccess
            ? Result.Of<IReadOnlyList<ImportError>>([.. (read.Value ?? []).Select(error => error.Attributes?.Read() ?? new ImportError("", null, null, null, null))])
            : Result.Failed<IReadOnlyList<ImportError>>(read.Failure);
    }

    private static KlaviyoCall Post(KlaviyoAccount account, KlaviyoEndpoint endpoint, string path, ReadOnlyMemory<byte> body) =>
        new(account, Lane.Records, endpoint, HttpMethod.Post, path) { Route = path, Body = body, Form = OfJobs };

    /// <summary>Null when Klaviyo has accepted the job.</summary>
    private static async Task<JobOutcome?> RefusalAsync(Result<HttpResponseMessage> answer, CancellationToken cancellationToken)
    {
        if (answer.Value is { } response && KlaviyoApi.IsRefusal(response.StatusCode))
        {
            var refusals = await KlaviyoErrors.ReadAsync(response, cancellationToken);
            return refusals[0].IsAboutTheKey
                ? new JobOutcome.Failed(new DeliveryFailure(DeadLetterReason.Unauthorized, refusals[0].Detail))
                : new JobOutcome.Refused(refusals);
        }

        return await KlaviyoClient.FailureAsync(answer, HttpStatusCode.Accepted, cancellationToken) is { } failure ? new JobOutcome.Failed(failure) : null;
    }

    private static ImportJob? Read(KlaviyoResource<JobAttributes> job) => job is { Id: { Length: > 0 } id, Attributes: { } attributes }
        ? new ImportJob(id, Enum.TryParse<JobStatus>(attributes.Status, ignoreCase: true, out var status) ? status : null, attributes.TotalCount ?? 0, attributes.FailedCount ?? 0)
        : null;
}
