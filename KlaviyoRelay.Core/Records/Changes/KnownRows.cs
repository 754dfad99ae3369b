using System.Buffers.Binary;
using System.Text;

namespace KlaviyoRelay.Core.Records.Changes;

/// <summary>A row of a result.</summary>
/// <param name="Hash">Its hashes.</param>
/// <param name="Identifier">What a delete finds it by, with a letter for its kind; null where rows that leave are not deleted.</param>
/// <param name="Sent">Its number among the rows that were sent; 0 when it was not sent, because it had not changed.</param>
public readonly record struct KnownRow(RowHash Hash, string? Identifier, int Sent = 0);

/// <summary>The rows of a result, by their keys. They take 21 bytes and the identifier each, so that a million rows take less than 64 MB.</summary>
public sealed class KnownRows
{
    private const int FixedBytes = 21;
    private const int Buckets = 1 << 16;

    private readonly ulong[] _keys;
    private readonly ulong[] _contents;
    private readonly int[] _sent;
    private readonly ReadOnlyMemory<byte>[] _identifiers;

    // Where the keys of each upper 16 bits begin. Keys are hashes, so each bucket has about as many: a look-up reads one or two
    // lines of memory instead of twenty.
    private readonly int[] _starts;

    private KnownRows(ulong[] keys, ulong[] contents, int[] sent, ReadOnlyMemory<byte>[] identifiers) =>
        (_keys, _contents, _sent, _identifiers, _starts) = (keys, contents, sent, identifiers, StartsOf(keys));

    public static KnownRows None { get; } = new([], [], [], []);

    public int Count => _keys.Length;

    /// <summary>How long they are when they are written.</summary>
    public int Bytes => (FixedBytes * Count) + _identifiers.Sum(identifier => identifier.Length);

    /// <summary>All of them, in the order of their keys.</summary>
    public IEnumerable<KnownRow> All => Enumerable.Range(0, Count).Select(At);

    /// <summary>Null when the key is not known.</summary>
    public KnownRow? Find(ulong key) => PlaceOf(key) is { } place ? At(place) : null;

    /// <summary>Where the row of a key is in the order; null when the key is not known.</summary>
    public int? PlaceOf(ulong key)
    {
        var bucket = BucketOf(key);
        return Array.BinarySearch(_keys, _starts[bucket], _starts[bucket + 1] - _starts[bucket], key) is >= 0 and var place ? place : null;
    }

    /// <summary>The row at a place.</summary>
    public KnownRow At(int place) => new(
        new RowHash(_keys[place], _contents[place]), _identifiers[place].Length == 0 ? null : Encoding.UTF8.GetString(_identifiers[place].Span), _sent[place]);

    /// <summary>The hash of what the row at a place holds.</summary>
    public ulong ContentAt(int place) => _contents[place];

    /// <summary>Whether the row at a place has this identifier.</summary>
    public bool IsIdentifiedBy(int place, string? identifier) => _identifiers[place].Span.SequenceEqual(BytesOf(identifier).Span);

    /// <summary>Rows in any order.</summary>
    /// <param name="rows">Each with a key of its own. An identifier of more than 255 bytes is left out.</param>
    public static KnownRows Of(IEnumerable<KnownRow> rows)
    {
        var sorted = rows.ToArray();
        var keys = Array.ConvertAll(sorted, row => row.Hash.Key);
        Array.Sort(keys, sorted);
        return new(keys, Array.ConvertAll(sorted, row => row.Hash.Content), Array.ConvertAll(sorted, row => row.Sent), Array.ConvertAll(sorted, row => BytesOf(row.Identifier)));
    }

    /// <summary>Reads what <see cref="WriteAsync"/> has written.</summary>
    /// <exception cref="InvalidDataException">The bytes are something else.</exception>
    public static KnownRows Read(ReadOnlyMemory<byte> bytes)
    {
        var most = bytes.Length / FixedBytes;
        var (keys, contents, sent, identifiers) = (new List<ulong>(most), new List<ulong>(most), new List<int>(most), new List<ReadOnlyMemory<byte>>(most));
        while (bytes.Length > 0)
        {
            var length = bytes.Length < FixedBytes ? int.MaxValue : bytes.Span[FixedBytes - 1];
            if (length > bytes.Length - FixedBytes)
            {
                throw new InvalidDataException("The store of hashes is cut off. Delete it: the next run sends every row.");
            }

            keys.Add(BinaryPrimitives.ReadUInt64LittleEndian(bytes.Span));
            contents.Add(BinaryPrimitives.ReadUInt64LittleEndian(bytes.Span[8..]));
            sent.Add(BinaryPrimitives.ReadInt32LittleEndian(bytes.Span[16..]));
            identifiers.Add(bytes.Slice(FixedBytes, length));
            bytes = bytes[(FixedBytes + length)..];
        }

        return new KnownRows([.. keys], [.. contents], [.. sent], [.. identifiers]);
    }

    public async Task WriteAsync(Stream stream, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var row = new byte[FixedBytes + byte.MaxValue];
        for (var place = 0; place < _keys.Length; place++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(row, _keys[place]);
            BinaryPrimitives.WriteUInt64LittleEndian(row.AsSpan(8), _contents[place]);
            BinaryPrimitives.WriteInt32LittleEndian(row.AsSpan(16), _sent[place]);
            row[FixedBytes - 1] = (byte)_identifiers[place].Length;
            _identifiers[place].CopyTo(row.AsMemory(FixedBytes));
            await stream.WriteAsync(row.AsMemory(0, FixedBytes + _identifiers[place].Length), cancellationToken);
        }
    }

    private static int BucketOf(ulong key) => (int)(key >> 48);

    private static int[] StartsOf(ulong[] keys)
    {
        var starts = new int[Buckets + 1];
        foreach (var key in keys)
        {
            starts[BucketOf(key) + 1]++;
        }

        for (var bucket = 0; bucket < Buckets; bucket++)
        {
            starts[bucket + 1] += starts[bucket];
        }

        return starts;
    }

    private static ReadOnlyMemory<byte> BytesOf(string? identifier)
    {
        var bytes = identifier is null ? [] : Encoding.UTF8.GetBytes(identifier);
        return bytes.Length > byte.MaxValue ? ReadOnlyMemory<byte>.Empty : bytes;
    }
}
