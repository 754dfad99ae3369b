using KlaviyoRelay.Core.Records.Readers;
using KlaviyoRelay.Core.Records.Storage;

namespace KlaviyoRelay.Core.Records.Runs;

/// <summary>A run: what was accepted, and how it has ended.</summary>
public sealed record RunState
{
    /// <summary>The Klaviyo account.</summary>
    public required string Account { get; init; }

    /// <summary>When its first rows were accepted.</summary>
    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>The bodies in the order of their numbers. A part that comes later opens the run again.</summary>
    public required IReadOnlyList<RunPart> Parts { get; init; }

    /// <summary>How many rows were read at the source beside those of the parts, and are as they were.</summary>
    public int Unchanged { get; init; }

    /// <summary>When the last row was accounted for and the result was written; null before.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Its rows by bucket when it ended; null before.</summary>
    public RunCounts? Rows { get; init; }

    /// <summary>Its rows by bucket when it ended before its last part came: the metric has counted them.</summary>
    public RunCounts Counted { get; init; } = RunCounts.None;

    /// <summary>A run of this part alone.</summary>
    public static RunState Of(string account, RunPart part) => new() { Account = account, AcceptedAt = part.AcceptedAt, Parts = [part] };

    /// <summary>The part; null when it has not come.</summary>
    public RunPart? Find(int number) => Parts.FirstOrDefault(part => part.Number == number);

    /// <summary>The run with one part more; the same when it has the part.</summary>
    public RunState With(RunPart part) =>
        Find(part.Number) is null ? this with { Parts = [.. Parts.Append(part).OrderBy(one => one.Number)], EndedAt = null, Rows = null, Counted = Rows ?? Counted } : this;
}

/// <summary>A body of a run.</summary>
public sealed record RunPart
{
    public required int Number { get; init; }

    /// <summary>The name of the body in the store.</summary>
    public required string Body { get; init; }

    /// <summary>The hash of the body as it was sent.</summary>
    public required string Hash { get; init; }

    /// <summary>How its rows are written.</summary>
    public required RowFormat Format { get; init; }

    /// <summary>Whether it is packed.</summary>
    public required bool IsGzip { get; init; }

    /// <summary>When it was accepted.</summary>
    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>The rows of the body.</summary>
    /// <exception cref="RecordStoreException">The body is gone, or the store can't be read.</exception>
    public async Task<RowReader> OpenAsync(IRecordStore store, Sync sync, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(sync);
        var body = await store.OpenAsync(Body, cancellationToken) ?? throw new RecordStoreException("The body of a run is gone. Bodies are kept for 30 days.");
        return RowReader.Open(body, Format, IsGzip, sync.Mapping.Columns, RowLimits.Default);
    }
}
