using System.Runtime.InteropServices;

namespace KlaviyoRelay.Core.Records.Readers;

/// <summary>
/// Reads the rows of a body one after another, never the whole body. After the last row <see cref="Refusal"/> says whether
/// that was all. A run acts on no row before that is known.
/// </summary>
/// <param name="body">The body, which the reader closes.</param>
public abstract class RowReader(Stream body) : IAsyncDisposable
{
    private const int MaxNamed = 50;

    /// <summary>Why reading ended before the end of the body; null when all was read.</summary>
    public RowsRefusal? Refusal { get; private set; }

    /// <summary>How many rows were read.</summary>
    public int Count { get; private set; }

    /// <param name="body">The bytes as they arrive.</param>
    /// <param name="format">How the rows are written.</param>
    /// <param name="isGzip">Whether the bytes are compressed.</param>
    /// <param name="columns">The columns that are asked for.</param>
    /// <param name="limits">How large the body may be.</param>
    public static RowReader Open(Stream body, RowFormat format, bool isGzip, IReadOnlyList<string> columns, RowLimits limits)
    {
        Stream wire = new LimitedStream(body, limits.WireBytes, "as it was sent");
        var unpacked = isGzip ? new LimitedStream(new GzipBody(wire), limits.UnpackedBytes, "when it is unpacked") : wire;
        var text = new Utf8Stream(unpacked);
        return format == RowFormat.Csv ? new CsvRowReader(text, columns) : new JsonRowReader(text, columns);
    }

    /// <summary>The next row; null at the end.</summary>
    public async ValueTask<Row?> ReadAsync(CancellationToken cancellationToken)
    {
        if (Refusal is not null)
        {
            return null;
        }

        try
        {
            if (await NextAsync(cancellationToken) is { } cells)
            {
                return new Row(++Count, ImmutableCollectionsMarshal.AsImmutableArray(cells));
            }

            CheckEnd();
        }
        catch (RowsRefusedException refused)
        {
            Refusal = refused.Refusal;
        }
        catch (InvalidDataException)
        {
            Refusal = new RowsRefusal(RowsProblem.Malformed, "The body's gzip compression is broken.");
        }

        return null;
    }

    public virtual async ValueTask DisposeAsync()
    {
        await body.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>The cells of the next row; null at the end.</summary>
    protected abstract ValueTask<Cell[]?> NextAsync(CancellationToken cancellationToken);

    /// <summary>Refuses a body that turns out at its end to lack something.</summary>
    protected virtual void CheckEnd()
    {
    }

    /// <summary>Refuses a body for its columns.</summary>
    protected static RowsRefusedException Missing(IEnumerable<string> missing, IEnumerable<string> present) => new(
        RowsProblem.MissingColumns,
        $"The rows lack what the sync maps: {string.Join(", ", missing)}. They have {string.Join(", ", present.Take(MaxNamed).DefaultIfEmpty("no columns"))}.");
}
