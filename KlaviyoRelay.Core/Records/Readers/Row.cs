using System.Collections.Immutable;

namespace KlaviyoRelay.Core.Records.Readers;

/// <summary>One row of a source.</summary>
/// <param name="Number">Its place, from 1. A CSV header does not count.</param>
/// <param name="Cells">The cells of the columns that were asked for, in that order.</param>
public sealed record Row(int Number, ImmutableArray<Cell> Cells);

/// <summary>How rows are written.</summary>
public enum RowFormat
{
    /// <summary>An array of objects, or one object after another (NDJSON).</summary>
    Json,

    /// <summary>RFC 4180 with a header.</summary>
    Csv,
}
