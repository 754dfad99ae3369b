using KlaviyoRelay.Core.Records.Changes;

namespace KlaviyoRelay.Core.Records.Sources;

/// <summary>How far the source of a sync is.</summary>
public sealed record SourceState
{
    /// <summary>Up to when the schedule has been looked at.</summary>
    public required DateTimeOffset LookedAt { get; init; }

    /// <summary>Up to where rows are queued, for <see cref="SourceMode.Since"/>.</summary>
    public SinceMark? Mark { get; init; }

    /// <summary>The run in hand; null when none is due.</summary>
    public SourceRun? Run { get; init; }
}

/// <summary>What the schedule has begun: the reading of one result, and what became of it.</summary>
public sealed record SourceRun
{
    /// <summary>When it was due.</summary>
    public required DateTimeOffset Due { get; init; }

    /// <summary>The runs that its rows are sent as: one, or several for a long result.</summary>
    public IReadOnlyList<SourcePart> Parts { get; init; } = [];

    /// <summary>How many rows the parts have.</summary>
    public int Sent { get; init; }

    /// <summary>The last value of the order column that is in a part; null at the beginning.</summary>
    public string? After { get; init; }

    /// <summary>The greatest value of the column of <see cref="SourceMode.Since"/> that is in a part.</summary>
    public SinceMark? Greatest { get; init; }

    /// <summary>Whether the result is read to its end.</summary>
    public bool IsRead { get; init; }

    /// <summary>Whether the rows that left the result are dealt with.</summary>
    public bool IsLeftDone { get; init; } = true;
}

/// <summary>A run that rows of a source are sent as.</summary>
/// <param name="Sync">Its sync.</param>
/// <param name="Run">Its id.</param>
/// <param name="First">The number of its first row in the result; 0 for rows that left.</param>
/// <param name="IsQueued">Whether the queue has it.</param>
public sealed record SourcePart(string Sync, string Run, int First, bool IsQueued = false);

/// <summary>How much of a result one invocation reads, and one run holds.</summary>
/// <param name="ReadTime">A function ends after 10 minutes (host.json), and what is read has to be stored and queued in that time too.</param>
/// <param name="Bytes">A run's rows; less than <see cref="Readers.RowLimits.UnpackedBytes"/>.</param>
/// <param name="PackedBytes">A run's rows when they are packed, which are in memory.</param>
public sealed record SourceLimits(TimeSpan ReadTime, long Bytes, long PackedBytes)
{
    public static SourceLimits Default { get; } = new(TimeSpan.FromMinutes(6), 500_000_000, 32_000_000);
}
