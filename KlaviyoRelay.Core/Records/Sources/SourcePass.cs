using KlaviyoRelay.Core.Clocks;
using KlaviyoRelay.Core.Records.Changes;
using KlaviyoRelay.Core.Records.Mapping;
using KlaviyoRelay.Core.Records.Readers;

namespace KlaviyoRelay.Core.Records.Sources;

/// <summary>One invocation's way through a result: it divides the rows into parts, and hands each to the staging.</summary>
public sealed class SourcePass(Sync sync, SqlQuery query, SourceLimits limits, SourceStore source, SourceStaging staging, TimeProvider clock)
{
    private readonly IdentifierMapper _identifiers = new(sync);
    private readonly Uptime _uptime = new(clock);
    private SourceState? _state;
    private ChangeTracker? _tracker;

    private SourceState State => _state ?? throw new InvalidOperationException("The pass has not begun.");

    private SourceRun Run => State.Run ?? throw new InvalidOperationException("No run is in hand.");

    /// <summary>Takes up what earlier invocations have left.</summary>
    public async Task BeginAsync(SourceState state, CancellationToken cancellationToken)
    {
        _state = state;
        _tracker = query.IsCompared
            ? new ChangeTracker(await source.ReadLastAsync(sync, cancellationToken), await source.ReadResultAsync(sync, Run.Parts.Count, cancellationToken))
            : null;
    }

    /// <summary>Reads to the end, or until the time is up.</summary>
    public async Task<SourceState> ReadAsync(DbRows rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var part = new PartInHand(sync, Run);
        try
        {
            while (await rows.ReadAsync(cancellationToken))
            {
                if (IsTimeUp && query.OrderColumn is null)
                {
                    throw new SourceException(FormattableString.Invariant(
                        $"The result takes more than {limits.ReadTime.TotalMinutes} minutes. Set Relay__Syncs__{sync.Name}__Sql__OrderColumn to a column without nulls: reading then goes on in the next minute."));
                }

                // Rows of one value stay together: the next part, or the next invocation, begins after that value.
                if (part.Read > 0 && (rows.IsOrderNew || query.OrderColumn is null) && (part.IsFull(limits) || IsTimeUp))
                {
                    _state = await staging.EndPartAsync(sync, State, part, _tracker, cancellationToken);
                    if (IsTimeUp)
                    {
                        return State;
                    }

                    part.Dispose();
                    part = new PartInHand(sync, Run);
                }

                Take(rows, part);
            }

            return _state = await staging.EndAsync(sync, query, State, part, _tracker, cancellationToken);
        }
        finally
        {
            part.Dispose();
        }
    }

    private bool IsTimeUp => _uptime.Now >= limits.ReadTime;

    private void Take(DbRows rows, PartInHand part)
    {
        var row = new Row(part.Next, rows.Cells);
        var isSent = true;
        if (_tracker is not null && RowHash.Of(sync, row) is { } hash)
        {
            isSent = _tracker.Add(hash, query.DeletesLeft ? LeftRows.Of(_identifiers.Map(row, [], out _)) : null, part.Next) || query.Mode != SourceMode.Changed;
        }

        part.Add(row, isSent, rows.Order, query.Mode == SourceMode.Since);
    }
}
