using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using KlaviyoRelay.Core.Klaviyo.Events;
using KlaviyoRelay.Core.Records.Mapping;
using KlaviyoRelay.Core.Records.Readers;

namespace KlaviyoRelay.Core.Records.Changes;

/// <summary>What tells a row from others, and what it holds, in 8 bytes each.</summary>
/// <param name="Key">The hash of its key.</param>
/// <param name="Content">The hash of the cells that are mapped, as the source writes them.</param>
public readonly record struct RowHash(ulong Key, ulong Content)
{
    private const int HeadBytes = sizeof(byte) + sizeof(int);

    /// <summary>The hashes of a row; null when it has no key.</summary>
    public static RowHash? Of(SyncMapping mapping, Row row)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        ArgumentNullException.ThrowIfNull(row);
        return (ValueOf(mapping.Key ?? mapping.Email, row) ?? ValueOf(mapping.Phone, row) ?? ValueOf(mapping.ExternalId, row)) is { } key
            ? new RowHash(UniqueId.ShortOf(key), Hash(row.Cells))
            : null;
    }

    private static string? ValueOf(int? place, Row row) => place is { } index ? row.Cells[index].Value : null;

    private static ulong Hash(ImmutableArray<Cell> cells)
    {
        var length = 0;
        foreach (var cell in cells)
        {
            length += HeadBytes + Encoding.UTF8.GetMaxByteCount(cell.Written.Length);
        }

        var bytes = ArrayPool<byte>.Shared.Rent(length);
        length = 0;
        foreach (var cell in cells)
        {
            // The length goes first, so that ("ab", "c") and ("a", "bc") differ; and the kind, so that null, an empty text
            // and the text "null" do.
            var written = Encoding.UTF8.GetBytes(cell.Written, bytes.AsSpan(length + HeadBytes));
            bytes[length] = (byte)cell.Kind;
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(length + 1), written);
            length += HeadBytes + written;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes.AsSpan(0, length), hash);
        ArrayPool<byte>.Shared.Return(bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }
}
