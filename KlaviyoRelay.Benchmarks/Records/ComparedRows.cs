using System.Diagnostics;
using KlaviyoRelay.Core.Records;
using KlaviyoRelay.Core.Records.Changes;
using KlaviyoRelay.Core.Records.Sources;
using KlaviyoRelay.Core.Records.Storage;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Faults.Processes;
using Microsoft.Extensions.Logging.Abstractions;

namespace KlaviyoRelay.Benchmarks.Records;

/// <summary>The relay's own pass over the result of a query in the mode <c>changed</c>, and what it needs around it.</summary>
internal sealed class ComparedRows
{
    /// <summary>Of so many rows, one has changed.</summary>
    public const int ChangedEach = 100;

    private readonly TimeProvider _clock = TimeProvider.System;
    private readonly MemoryRecords _store = new();
    private readonly SourceStore _source;
    private readonly SourceStaging _staging;
    private readonly Sync _sync;

    public ComparedRows()
    {
        var options = RowWorkload.Options(new Dictionary<string, string>(RowWorkload.Settings())
        {
            ["Sql__Query"] = "select * from people",
            ["Sql__ConnectionStringSecret"] = "warehouse",
            ["Sql__Schedule"] = "0 0 * * * *",
            ["Sql__Mode"] = "changed",
        });
        _sync = new Sync(RowWorkload.SyncName, options);
        var states = new StateStore(_store);
        _source = new SourceStore(_store, states);
        _staging = new SourceStaging(
            _source,
            new StagedRuns(_store, states, new NoQueue(), _clock),
            new Syncs(new Dictionary<string, SyncOptions> { [_sync.Name] = options }),
            NullLogger<SourceStaging>.Instance);
    }

    /// <summary>Reads the rows and does nothing with them.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> ReadAsync(int count, CancellationToken cancellationToken)
    {
        var (rows, read) = (Result(count, ChangedEach), 0);
        while (await rows.ReadAsync(cancellationToken))
        {
            read++;
        }

        return read;
    }

    /// <summary>Lays out the last result, with which the next is compared.</summary>
    public async Task KnowAsync(int count, CancellationToken cancellationToken)
    {
        var (rows, tracker) = (Result(count, changedEach: 0), new ChangeTracker(KnownRows.None, KnownRows.None));
        for (var number = 1; await rows.ReadAsync(cancellationToken); number++)
        {
            tracker.Add(RowHash.Of(_sync, new Core.Records.Readers.Row(number, rows.Cells)) ?? throw new UnreachableException(), identifier: null, number);
        }

        await _source.WriteLastAsync(_sync, Comparison.Next(KnownRows.None, tracker.Result(), _ => false, isLeftDone: true), cancellationToken);
    }

    /// <summary>Reads the rows, compares them with the last result, and stages those that have changed.</summary>
    /// <returns>How many have changed.</returns>
    public async Task<int> CompareAsync(int count, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        var state = await _source.UpdateAsync(_sync, _ => new SourceState { LookedAt = now, Run = new SourceRun { Due = now } }, cancellationToken);
        var query = _sync.Query ?? throw new UnreachableException();
        var pass = new SourcePass(_sync, query, SourceLimits.Default, _source, _staging, _clock);
        await pass.BeginAsync(state, cancellationToken);
        state = await pass.ReadAsync(Result(count, ChangedEach), cancellationToken);
        UnmetException.ThrowUnless(state.Run?.IsRead == true, () => "The result was not read to its end.");
        return state.Run?.Sent ?? 0;
    }

    private DbRows Result(int count, int changedEach) => new(new WireReader(count, changedEach), _sync.Mapping.Columns, orderColumn: null);

    private sealed class NoQueue : IEventQueue
    {
        public Task SendAsync(string queue, IReadOnlyList<QueueMessage> messages, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task CheckAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
