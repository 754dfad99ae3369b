using KlaviyoRelay.Core.Klaviyo.Jobs;
using KlaviyoRelay.Core.Records;
using KlaviyoRelay.Core.Records.Chunks;
using KlaviyoRelay.Core.Records.Runs;

namespace KlaviyoRelay.Tests.Records.Runs;

/// <summary>What polls and errors of a job mean for its rows.</summary>
public sealed class JobTests
{
    private static readonly DateTimeOffset Posted = TestClock.Start;
    private static readonly TimeSpan StuckAfter = TimeSpan.FromHours(6);
    private static readonly JobState Job = new() { Id = "a", PostedAt = Posted, Entries = [new EntryRange(0, 3)] };

    private static readonly ChunkMap Map = new(
        1,
        [
            new ChunkEntry(11, 0, 0, "Ann@shop.test", "+14155552671", null),
            new ChunkEntry(12, 0, 0, null, "+14155552672", "7"),
            new ChunkEntry(13, 0, 0, null, null, "8"),
            new ChunkEntry(14, 0, 0, "zoe@shop.test", null, null),
        ]);

    [Theory]
    [InlineData("a", 1, JobStep.Wait)]
    [InlineData("a", 7, JobStep.GiveUp)]
    [InlineData("b", 1, JobStep.AskById)]
    public void Job_is_followed_by_the_list_of_open_ones(string open, int hours, object step) =>
        JobPolling.AfterList(Job, new Dictionary<string, ImportJob> { [open] = new(open, JobStatus.Processing, 3, 0) }, Posted.AddHours(hours), StuckAfter).ShouldBe((JobStep)step);

    [Theory]
    [InlineData("Complete", 1, JobStep.ReadErrors)]
    [InlineData("Cancelled", 1, JobStep.ReadErrors)]
    [InlineData("Queued", 1, JobStep.Wait)]
    [InlineData("Processing", 7, JobStep.GiveUp)]
    [InlineData(null, 1, JobStep.GiveUp)]
    public void Job_that_is_not_listed_is_followed_by_its_id(string? status, int hours, object step) =>
        JobPolling.AfterAnswer(Job, status is null ? null : new ImportJob("a", Enum.Parse<JobStatus>(status), 3, 0), Posted.AddHours(hours), StuckAfter).ShouldBe((JobStep)step);

    [Fact]
    public void Error_is_tied_to_its_row_by_email_then_phone_then_id()
    {
        var errors = JobErrors.Tie(
            SyncBuilder.Profiles(),
            Map,
            Job,
            [
                new ImportError("Invalid phone.", "/data/attributes/phone_number", "ANN@shop.test", "+14155552672", null),
                new ImportError("Taken.", "/data", null, "+14155552672", null),
                new ImportError("No.", "/data/attributes/properties/Loyalty tier", null, null, "8"),
                new ImportError("Of another job.", null, "zoe@shop.test", null, null),
                new ImportError("Of nobody.", null, null, null, null),
            ]);

        errors.ShouldBe(
        [
            new EntryRejection(0, new RowRejection(11, "phone", RowReasons.Refused, "Invalid phone.")),
            new EntryRejection(1, new RowRejection(12, null, RowReasons.Refused, "Taken.")),
            new EntryRejection(2, new RowRejection(13, "tier", RowReasons.Refused, "No.")),
        ]);
    }

    [Fact]
    public void Ended_job_says_when_klaviyo_counts_more_than_it_names()
    {
        var ended = JobPolling.Ended(Job, new ImportJob("a", JobStatus.Complete, 3, 2), [new EntryRejection(0, new RowRejection(11, null, RowReasons.Refused, "No."))]);

        (ended.End, ended.Failed, ended.Note).ShouldBe((JobEnd.Complete, 2, "Klaviyo counts 2 failed rows, and names 1 of this job."));
    }

    [Fact]
    public void Cancelled_job_has_no_result()
    {
        JobPolling.Ended(Job, new ImportJob("a", JobStatus.Cancelled, 3, 0), []).End.ShouldBe(JobEnd.WithoutResult);
        JobPolling.GivenUp(Job, isKnown: false).Note.ShouldBe("Klaviyo no longer knows the job. It keeps jobs for 7 days.");
    }
}
