using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using KlaviyoRelay.Core.Records.Readers;

namespace KlaviyoRelay.Core.Records.Changes;

/// <summary>
/// What tells a row from others, and what it holds, in 8 bytes each. A fast hash, because one is made of each row of each
/// result.
/// </summary>
/// <param name="Key">The hash of its key.</param>
/// <param name="Content">The hash of the cells that are mapped, as the source writes them.</param>
public readonly record struct RowHash(ulong Key, ulong Content)
{
    private const int HeadBytes = sizeof(byte) + sizeof(int);

    /// <summary>The hashes of a row; null when it has no key.</summary>
    public static RowHash? Of(Sync sync, Row row)
    {
        ArgumentNullException.ThrowIfNull(sync);
        ArgumentNullException.ThrowIfNull(row);
        var mapping = sync.Mapping;
        return (ValueOf(mapping.Key ?? mapping.Email, row) ?? ValueOf(mapping.Phone, row) ?? ValueOf(mapping.ExternalId, row)) is { } key
            ? new RowHash(XxHash3.HashToUInt64(MemoryMarshal.AsBytes(key.AsSpan()), sync.HashSeed), Hash(row.Cells, sync.HashSeed))
            : null;
    }

    private static string? ValueOf(int? place, Row row) => place is { } index ? row.Cells[index].Value : null;

    private static ulong Hash(ImmutableArray<Cell> cells, long seed)
    {
        var length = 0;
        foreach (var cell in cells)
        {
            length += HeadBytes + (cell.Written.Length * sizeof(char));
        }

        var bytes = ArrayPool<byte>.Shared.Rent(length);
        var rest = bytes.AsSpan();
        foreach (var cell in cells)
        {
            // The length goes first, so that ("ab", "c") and ("a", "bc") differ; and the kind, so that null, an empty text
            // and the text "null" do.
            var written = MemoryMarshal.AsBytes(cell.Written.AsSpan());
            rest[0] = (byte)cell.Kind;
            BinaryPrimitives.WriteInt32LittleEndian(rest[1..], written.Length);
            written.CopyTo(rest[HeadBytes..]);
            rest = rest[(HeadBytes + written.Length)..];
        }

        var hash = XxHash3.HashToUInt64(bytes.AsSpan(0, length), seed);
        ArrayPool<byte>.Shared.Return(bytes);
        return hash;
    }
}
