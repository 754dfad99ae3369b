using CsCheck;
using KlaviyoRelay.Core.Records;
using KlaviyoRelay.Core.Records.Chunks;
using KlaviyoRelay.Core.Records.Runs;

namespace KlaviyoRelay.Tests.Records.Runs;

public sealed class RunAccountTests
{
    private static readonly ChunkInfo Chunk = new(1, 10, 1000, [2]);

    [Fact]
    public void Row_is_held_until_something_is_known_of_it() =>
        RunAccount.Count(Chunk, new ChunkState()).ShouldBe(RunCounts.None with { Held = 9, Superseded = 1 });

    [Fact]
    public void Each_row_of_a_run_is_in_one_bucket()
    {
        var body = new BodyState { Number = 1, Read = 12, Rejections = [Rejection(1), Rejection(2)], Chunks = [Chunk] };
        var state = new ChunkState
        {
            Rejections = [new EntryRejection(0, Rejection(5))],
            Jobs =
            [
                new JobState { Id = "a", Entries = [new EntryRange(1, 1), new EntryRange(3, 3)], End = JobEnd.Complete, Failed = 1, Errors = [new EntryRejection(4, Rejection(9))] },
                new JobState { Id = "b", Entries = [new EntryRange(6, 2)], End = JobEnd.WithoutResult },
                new JobState { Id = "c", Entries = [new EntryRange(8, 1)] },
            ],
        };

        var counts = RunAccount.Count([body], _ => state);

        counts.ShouldBe(new RunCounts(Read: 12, Unchanged: 0, Superseded: 1, Rejected: 4, Held: 2, Loaded: 3, AcceptedWithoutResult: 2));
        counts.IsBalanced.ShouldBeTrue();
        RunAccount.Unsent(Chunk, state).ShouldBe([9]);
    }

    [Fact]
    public void Failure_that_klaviyo_does_not_name_is_not_counted_as_loaded() =>
        RunAccount.Count(Chunk, Posted(new JobState { End = JobEnd.Complete, Failed = 3, Errors = [new EntryRejection(0, Rejection(1))], Entries = [new EntryRange(0, 10)] }))
            .ShouldBe(RunCounts.None with { Superseded = 1, Rejected = 1, Loaded = 6, AcceptedWithoutResult = 2 });

    [Fact]
    public void Job_that_a_crash_had_posted_twice_counts_once() =>
        RunAccount.Count(Chunk, Posted(new JobState { Id = "a", End = JobEnd.Complete, Entries = [new EntryRange(0, 10)] }, new JobState { Id = "b", Entries = [new EntryRange(0, 10)] }))
            .ShouldBe(RunCounts.None with { Superseded = 1, Loaded = 9 });

    [Fact]
    public void Ranges_are_the_indexes_that_they_were_made_of() =>
        Gen.Int[0, 100].HashSet[0, 50].Sample(indexes => EntryRange.Expand(EntryRange.Of(indexes.Order())).ShouldBe(indexes.Order()));

    [Fact]
    public void Counts_add_up_whatever_has_happened() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[0, 39].HashSet[0, 9], Gen.Int[0, 39].HashSet[0, 9], Gen.Select(Gen.Int[0, 39].HashSet[0, 30], Gen.Enum<JobEnd>(), Gen.Int[0, 9], Gen.Int[0, 39].HashSet[0, 9]).Array[0, 4])
            .Sample((count, superseded, rejected, jobs) =>
            {
                var body = new BodyState { Number = 1, Read = count + 1, Rejections = [Rejection(1)], Chunks = [new ChunkInfo(1, count, 1, [.. Within(superseded)])] };
                var state = new ChunkState
                {
                    Rejections = [.. Within(rejected).Select(index => new EntryRejection(index, Rejection(index)))],
                    Jobs =
                    [
                        .. jobs.Select(job => new JobState
                        {
                            Entries = EntryRange.Of(Within(job.Item1).Order()), End = job.Item2, Failed = job.Item3, Errors = [.. Within(job.Item4).Where(job.Item1.Contains).Select(index => new EntryRejection(index, Rejection(index)))],
                        }),
                    ],
                };

                var counts = RunAccount.Count([body], _ => state);

                counts.IsBalanced.ShouldBeTrue();
                new[] { counts.Held, counts.Loaded, counts.AcceptedWithoutResult, counts.Rejected, counts.Superseded }.ShouldAllBe(bucket => bucket >= 0);

                IEnumerable<int> Within(IEnumerable<int> indexes) => indexes.Where(index => index < count);
            });

    private static ChunkState Posted(params IReadOnlyList<JobState> jobs) => new() { Jobs = jobs };

    private static RowRejection Rejection(int row) => new(row, "email", RowReasons.Refused, "No.");
}
