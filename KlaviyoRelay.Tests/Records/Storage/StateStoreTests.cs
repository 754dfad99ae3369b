using System.Text.Json;
using KlaviyoRelay.Core.Records;
using KlaviyoRelay.Core.Records.Runs;
using KlaviyoRelay.Core.Records.Storage;

namespace KlaviyoRelay.Tests.Records.Storage;

public sealed class StateStoreTests
{
    private readonly InMemoryRecordStore _records = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task State_is_read_as_it_was_changed()
    {
        var states = new StateStore(_records);
        var state = new ChunkState { Jobs = [new JobState { Id = "a", PostedAt = TestClock.Start, Entries = [new EntryRange(0, 5)], End = JobEnd.Complete }], Rejections = [new EntryRejection(3, new RowRejection(9, null, RowReasons.Refused, "No."))] };

        await states.UpdateAsync("s", RecordJsonContext.Default.ChunkState, _ => state, Cancellation);

        JsonSerializer.Serialize(await states.ReadAsync("s", RecordJsonContext.Default.ChunkState, Cancellation), RecordJsonContext.Default.ChunkState)
            .ShouldBe(JsonSerializer.Serialize(state, RecordJsonContext.Default.ChunkState));
    }

    [Fact]
    public async Task Change_that_meets_another_is_done_again_on_what_the_other_left()
    {
        var states = new StateStore(_records);
        var isFirst = true;

        await states.UpdateAsync("s", RecordJsonContext.Default.BodyState, before =>
        {
            if (isFirst)
            {
                isFirst = false;
                states.UpdateAsync("s", RecordJsonContext.Default.BodyState, _ => new BodyState { Read = 5 }, Cancellation).IsCompletedSuccessfully.ShouldBeTrue();
            }

            return (before ?? new BodyState()) with { Number = 2 };
        }, Cancellation);

        var state = (await states.ReadAsync("s", RecordJsonContext.Default.BodyState, Cancellation)).ShouldNotBeNull();
        (state.Read, state.Number).ShouldBe((5, 2));
    }

    // As when so many parts of a run come at the same time.
    [Fact]
    public async Task Change_waits_for_its_turn_when_many_others_are_faster()
    {
        var states = new StateStore(_records);
        var faster = 30;

        var state = await states.UpdateAsync("s", RecordJsonContext.Default.BodyState, before =>
        {
            if (faster-- > 0)
            {
                states.UpdateAsync("s", RecordJsonContext.Default.BodyState, other => (other ?? new BodyState()) with { Read = (other?.Read ?? 0) + 1 }, Cancellation).IsCompletedSuccessfully.ShouldBeTrue();
            }

            return (before ?? new BodyState()) with { Number = 2 };
        }, Cancellation);

        (state.Read, state.Number).ShouldBe((30, 2));
    }

    [Fact]
    public async Task State_that_is_left_as_it_is_is_not_written()
    {
        var states = new StateStore(_records);
        await states.UpdateAsync("s", RecordJsonContext.Default.BodyState, _ => new BodyState(), Cancellation);
        var version = (await _records.ReadAsync("s", Cancellation))?.Version;

        await states.UpdateAsync("s", RecordJsonContext.Default.BodyState, before => before ?? new BodyState { Read = 1 }, Cancellation);

        (await _records.ReadAsync("s", Cancellation))?.Version.ShouldBe(version);
    }
}
