using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Records.Chunks;
using KlaviyoRelay.Core.Records.Runs;
using KlaviyoRelay.Core.Records.Storage;

namespace KlaviyoRelay.Core.Records.Delivery;

/// <summary>A chunk that is being sent. What becomes of its entries is stored at once.</summary>
/// <param name="Sync">The sync.</param>
/// <param name="Account">The account to send to.</param>
/// <param name="Map">The chunk's entries.</param>
/// <param name="Json">The chunk's JSON.</param>
/// <param name="State">The name of the chunk's state.</param>
/// <param name="States">Where the state is.</param>
/// <param name="Clock">The clock.</param>
public sealed record ChunkInHand(Sync Sync, KlaviyoAccount Account, ChunkMap Map, ReadOnlyMemory<byte> Json, string State, StateStore States, TimeProvider Clock)
{
    /// <summary>Klaviyo has taken entries. That is stored also when the batch is being ended: else they would be sent again.</summary>
    public Task AcceptedAsync(string? job, IEnumerable<int> entries, JobEnd end)
    {
        var accepted = new JobState { Id = job, Entries = EntryRange.Of(entries.Order()), PostedAt = Clocks.WallClock.WallTime(Clock), End = end };
        return ChangeAsync(state => state with { Jobs = [.. state.Jobs, accepted] }, CancellationToken.None);
    }

    /// <summary>Entries were refused, or parts of them left out.</summary>
    public Task RefusedAsync(IReadOnlyList<EntryRejection> rejections, IReadOnlyList<RowWarning> warnings, CancellationToken cancellationToken) =>
        rejections.Count + warnings.Count == 0
            ? Task.CompletedTask
            : ChangeAsync(
                state => state with
                {
                    Rejections = [.. state.Rejections.Concat(rejections).DistinctBy(rejection => rejection.Index)],
                    Warnings = [.. state.Warnings.Union(warnings)],
                },
                cancellationToken);

    private Task<ChunkState> ChangeAsync(Func<ChunkState, ChunkState> change, CancellationToken cancellationToken) =>
        States.UpdateAsync(State, RecordJsonContext.Default.ChunkState, state => change(state ?? new ChunkState()), cancellationToken);
}
