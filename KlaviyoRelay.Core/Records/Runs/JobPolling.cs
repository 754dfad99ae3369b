using KlaviyoRelay.Core.Klaviyo.Jobs;

namespace KlaviyoRelay.Core.Records.Runs;

/// <summary>What to do about an open job after a poll.</summary>
public enum JobStep
{
    /// <summary>Klaviyo works on it.</summary>
    Wait,

    /// <summary>It is not among the open ones: ask for it by its id.</summary>
    AskById,

    /// <summary>It has ended: read its errors.</summary>
    ReadErrors,

    /// <summary>It is given up: what became of it can't be told.</summary>
    GiveUp,
}

/// <summary>Follows a job from what Klaviyo says of it.</summary>
public static class JobPolling
{
    /// <summary>After the list of open jobs.</summary>
    /// <param name="job">The job.</param>
    /// <param name="open">The jobs that Klaviyo has not ended.</param>
    /// <param name="now">The time of day.</param>
    /// <param name="stuckAfter">After how long a job counts as stuck.</param>
    public static JobStep AfterList(JobState job, IReadOnlyDictionary<string, ImportJob> open, DateTimeOffset now, TimeSpan stuckAfter) =>
        job.Id is null || !open.ContainsKey(job.Id) ? JobStep.AskById : IsStuck(job, now, stuckAfter) ? JobStep.GiveUp : JobStep.Wait;

    /// <summary>After the question for the job itself.</summary>
    /// <param name="job">The job.</param>
    /// <param name="found">What Klaviyo has; null when it no longer knows the job.</param>
    /// <param name="now">The time of day.</param>
    /// <param name="stuckAfter">After how long a job counts as stuck.</param>
    public static JobStep AfterAnswer(JobState job, ImportJob? found, DateTimeOffset now, TimeSpan stuckAfter) => found?.Status switch
    {
        JobStatus.Complete or JobStatus.Cancelled => JobStep.ReadErrors,
        _ when found is null || IsStuck(job, now, stuckAfter) => JobStep.GiveUp,
        _ => JobStep.Wait,
    };

    /// <summary>The job as it ended.</summary>
    /// <param name="job">The job.</param>
    /// <param name="found">What Klaviyo says of it.</param>
    /// <param name="errors">The rows that it refused.</param>
    public static JobState Ended(JobState job, ImportJob found, IReadOnlyList<EntryRejection> errors) => job with
    {
        End = found.Status == JobStatus.Complete ? JobEnd.Complete : JobEnd.WithoutResult,
        Failed = found.Failed,
        Errors = errors,
        Note = found.Status == JobStatus.Cancelled ? "Klaviyo cancelled the job."
            : found.Failed != errors.Count ? FormattableString.Invariant($"Klaviyo counts {found.Failed} failed rows, and names {errors.Count} of this job.")
            : null,
    };

    /// <summary>The job without a result.</summary>
    /// <param name="job">The job.</param>
    /// <param name="isKnown">Whether Klaviyo still knows it.</param>
    public static JobState GivenUp(JobState job, bool isKnown) => job with
    {
        End = JobEnd.WithoutResult,
        Note = isKnown ? "The job is stuck at Klaviyo." : "Klaviyo no longer knows the job. It keeps jobs for 7 days.",
    };

    private static bool IsStuck(JobState job, DateTimeOffset now, TimeSpan stuckAfter) => now - job.PostedAt > stuckAfter;
}
