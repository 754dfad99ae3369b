using KlaviyoRelay.Core.Records.Readers;
using KlaviyoRelay.Core.Records.Storage;

namespace KlaviyoRelay.Core.Records.Runs;

/// <summary>A run: what was accepted, and how it has ended.</summary>
public sealed record RunState
{
    /// <summary>The Klaviyo account.</summary>
    public required string Account { get; init; }

    /// <summary>When its rows were accepted.</summary>
    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>The name of the body.</summary>
    public required string Body { get; init; }

    /// <summary>How its rows are written.</summary>
    public required RowFormat Format { get; init; }

    /// <summary>Whether it is packed.</summary>
    public required bool IsGzip { get; init; }

    /// <summary>How many rows were read at the source beside those of the body, and are as they were.</summary>
    public int Unchanged { get; init; }

    /// <summary>When the last row was accounted for and the result was written; null before.</summary>
    public DateTimeOffset? EndedAt { get; init; }

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
