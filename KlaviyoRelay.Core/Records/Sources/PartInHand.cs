using KlaviyoRelay.Core.Records.Changes;
using KlaviyoRelay.Core.Records.Readers;

namespace KlaviyoRelay.Core.Records.Sources;

/// <summary>The part of a result that is being read.</summary>
public sealed class PartInHand(Sync sync, SourceRun run) : IDisposable
{
    /// <summary>Its number in the run.</summary>
    public int Number { get; } = run.Parts.Count + 1;

    /// <summary>The number of its first row in the result.</summary>
    public int First { get; } = run.Sent + 1;

    /// <summary>The rows that are sent.</summary>
    public StagedBody Body { get; } = new(sync.Mapping.Columns);

    /// <summary>How many rows were read.</summary>
    public int Read { get; private set; }

    /// <summary>The last value of the order column.</summary>
    public string? Last { get; private set; } = run.After;

    /// <summary>The greatest value of the column of <see cref="SourceMode.Since"/>.</summary>
    public SinceMark? Greatest { get; private set; } = run.Greatest;

    /// <summary>The number that the next row gets if it is sent.</summary>
    public int Next => First + Body.Count;

    public int Unchanged => Read - Body.Count;

    public bool IsFull(SourceLimits limits) => Body.Bytes >= limits.Bytes || Body.PackedBytes >= limits.PackedBytes;

    public void Add(Row row, bool isSent, string? order, bool isSince)
    {
        Read++;
        Last = order;
        Greatest = isSince ? SinceMark.Greater(Greatest, SinceMark.Of(order) ?? throw new SourceException("A value of SinceColumn is neither a number nor a time.")) : Greatest;
        if (isSent)
        {
            Body.Add(row.Cells);
        }
    }

    public void Dispose() => Body.Dispose();
}
