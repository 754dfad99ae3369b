namespace KlaviyoRelay.Core.Records.Runs;

/// <summary>Where a row of a run is. Each row is in exactly one bucket at any time.</summary>
public enum RunBucket
{
    /// <summary>It waits: to be sent, for a later try, or for Klaviyo to work on it.</summary>
    Held,

    /// <summary>A later row of the same person or event counts.</summary>
    Superseded,

    /// <summary>The relay or Klaviyo refused it. The result says why.</summary>
    Rejected,

    /// <summary>Klaviyo has it.</summary>
    Loaded,

    /// <summary>Klaviyo accepted it and tells nothing more: events, and jobs that are stuck, cancelled or forgotten.</summary>
    AcceptedWithoutResult,
}

/// <summary>How many rows of a run are in each bucket.</summary>
public sealed record RunCounts(int Read, int Unchanged, int Superseded, int Rejected, int Held, int Loaded, int AcceptedWithoutResult)
{
    public static RunCounts None { get; } = new(0, 0, 0, 0, 0, 0, 0);

    /// <summary>Whether no row is lost or counted twice.</summary>
    public bool IsBalanced => Read == Unchanged + Superseded + Rejected + Held + Loaded + AcceptedWithoutResult;

    public static RunCounts operator +(RunCounts one, RunCounts other) => new(
        one.Read + other.Read,
        one.Unchanged + other.Unchanged,
        one.Superseded + other.Superseded,
        one.Rejected + other.Rejected,
        one.Held + other.Held,
        one.Loaded + other.Loaded,
        one.AcceptedWithoutResult + other.AcceptedWithoutResult);

    public static RunCounts operator -(RunCounts one, RunCounts other) => new(
        one.Read - other.Read,
        one.Unchanged - other.Unchanged,
        one.Superseded - other.Superseded,
        one.Rejected - other.Rejected,
        one.Held - other.Held,
        one.Loaded - other.Loaded,
        one.AcceptedWithoutResult - other.AcceptedWithoutResult);

    /// <summary>With rows that were read at the source, and are as they were in the last run.</summary>
    public RunCounts AddUnchanged(int count) => this with { Read = Read + count, Unchanged = Unchanged + count };

    /// <summary>This many rows moved from one bucket to another.</summary>
    public RunCounts Move(int count, RunBucket from, RunBucket to) => Add(-count, from).Add(count, to);

    public RunCounts Add(int count, RunBucket bucket) => bucket switch
    {
        RunBucket.Held => this with { Held = Held + count },
        RunBucket.Superseded => this with { Superseded = Superseded + count },
        RunBucket.Rejected => this with { Rejected = Rejected + count },
        RunBucket.Loaded => this with { Loaded = Loaded + count },
        _ => this with { AcceptedWithoutResult = AcceptedWithoutResult + count },
    };
}
