using System.IO.Compression;
using KlaviyoRelay.Core.Records;
using KlaviyoRelay.Core.Records.Readers;

namespace KlaviyoRelay.Cli.Syncs;

/// <summary>A file of rows. Its name says how they are written.</summary>
internal sealed record RowsFile(string Path, RowFormat Format, bool IsGzip)
{
    public const string Endings = ".csv, .json, .ndjson or .jsonl, or one of them with .gz";

    private const string Packed = ".gz";

    // A file has no limit. Its parts have.
    private static readonly RowLimits NoLimits = new(long.MaxValue, long.MaxValue);

    public string ContentType => Format == RowFormat.Csv ? "text/csv" : "application/x-ndjson";

    /// <summary>Null when the name does not say how the rows are written.</summary>
    public static RowsFile? Of(string path)
    {
        var isGzip = path.EndsWith(Packed, StringComparison.OrdinalIgnoreCase);
        var name = isGzip ? path[..^Packed.Length] : path;
        return System.IO.Path.GetExtension(name).ToLowerInvariant() switch
        {
            ".csv" => new RowsFile(path, RowFormat.Csv, isGzip),
            ".json" or ".ndjson" or ".jsonl" => new RowsFile(path, RowFormat.Json, isGzip),
            _ => null,
        };
    }

    /// <summary>The rows of all of the file.</summary>
    public RowReader Read(Sync sync) => RowReader.Open(File.OpenRead(Path), Format, IsGzip, sync.Mapping.Columns, NoLimits);

    /// <summary>The file as bodies of one run, one after another.</summary>
    public async IAsyncEnumerable<FilePart> SplitAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var text = OpenText();
        var parts = Format == RowFormat.Csv ? CsvParts.ReadAsync(text, cancellationToken) : JsonParts.ReadAsync(text, IsArray(), cancellationToken);
        var number = 0;
        await foreach (var body in parts)
        {
            yield return new FilePart(++number, body);
        }
    }

    private Stream OpenText() => IsGzip ? new GZipStream(File.OpenRead(Path), CompressionMode.Decompress) : File.OpenRead(Path);

    private bool IsArray()
    {
        using var text = new StreamReader(OpenText());
        int first;
        while ((first = text.Read()) >= 0 && char.IsWhiteSpace((char)first))
        {
        }

        return first == '[';
    }
}

/// <summary>A body of a file's run.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Body">Its bytes.</param>
internal sealed record FilePart(int Number, ReadOnlyMemory<byte> Body)
{
    /// <summary>The most rows of a part. Rows of one person are merged within a part.</summary>
    public const int MaxRows = 100_000;

    /// <summary>A part that is as long ends with its row.</summary>
    public const int FullBytes = 50 * 1024 * 1024;
}
