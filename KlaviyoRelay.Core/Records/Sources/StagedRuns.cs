using KlaviyoRelay.Core.Clocks;
using KlaviyoRelay.Core.Klaviyo.Events;
using KlaviyoRelay.Core.Records.Readers;
using KlaviyoRelay.Core.Records.Runs;
using KlaviyoRelay.Core.Records.Storage;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Core.Records.Sources;

/// <summary>Stores rows of a source as the body of a run, and queues the run: from there on it is as one whose rows were posted.</summary>
public sealed class StagedRuns(IRecordStore store, StateStore states, IEventQueue queue, TimeProvider clock)
{
    private const int OnlyPart = 1;

    /// <summary>The id of a run. A repeat after a crash has the same.</summary>
    public static string IdOf(Sync sync, DateTimeOffset due, int part) =>
        UniqueId.Of("schedule", sync.Name, due.ToString("O", System.Globalization.CultureInfo.InvariantCulture), FormattableString.Invariant($"{part}"));

    /// <summary>Stores a run that is not queued yet.</summary>
    /// <param name="sync">Its sync.</param>
    /// <param name="id">Its id.</param>
    /// <param name="body">Its rows.</param>
    /// <param name="unchanged">How many rows were read beside them and are as they were.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="RecordStoreException">The store can't be used.</exception>
    public async Task StageAsync(Sync sync, string id, StagedBody body, int unchanged, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sync);
        ArgumentNullException.ThrowIfNull(body);
        var names = new RecordNames(sync.Name, id);
        await store.WriteAsync(names.Body(OnlyPart), body.End(), cancellationToken);
        var part = new RunPart { Number = OnlyPart, Body = names.Body(OnlyPart), Hash = id, Format = RowFormat.Json, IsGzip = true, AcceptedAt = clock.WallTime() };
        var run = RunState.Of(sync.Account, part) with { Unchanged = unchanged };
        await states.UpdateAsync(names.State, RecordJsonContext.Default.RunState, _ => run, cancellationToken);
    }

    /// <summary>Queues a run that is stored. A repeat is harmless.</summary>
    /// <exception cref="RecordStoreException">The store can't be used.</exception>
    /// <exception cref="QueueUnavailableException">The queue did not accept the run.</exception>
    public async Task QueueAsync(SourcePart part, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(part);
        var names = new RecordNames(part.Sync, part.Run);
        if (await states.ReadAsync(names.State, RecordJsonContext.Default.RunState, cancellationToken) is { EndedAt: null } run)
        {
            await store.TryWriteAsync(names.OpenMark(run.Account, OnlyPart), "open"u8.ToArray(), version: null, cancellationToken);
            await queue.SendAsync(QueueNames.Records, [RecordWork.ToQueueMessage(new RecordClaim(names.Sync, names.Run, run.Account, run.AcceptedAt))], cancellationToken);
        }
    }
}
