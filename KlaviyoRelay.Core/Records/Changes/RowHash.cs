using System.Globalization;
using KlaviyoRelay.Core.Klaviyo.Events;
using KlaviyoRelay.Core.Records.Mapping;
using KlaviyoRelay.Core.Records.Readers;

namespace KlaviyoRelay.Core.Records.Changes;

/// <summary>What tells a row from others, and what it holds, in 8 bytes each.</summary>
/// <param name="Key">The hash of its key.</param>
/// <param name="Content">The hash of the cells that are mapped, as the source writes them.</param>
public readonly record struct RowHash(ulong Key, ulong Content)
{
    /// <summary>The hashes of a row; null when it has no key.</summary>
    public static RowHash? Of(SyncMapping mapping, Row row)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        ArgumentNullException.ThrowIfNull(row);
        var key = new[] { mapping.Key ?? mapping.Email, mapping.Phone, mapping.ExternalId }
            .Select(place => place is { } index ? row.Cells[index].Value : null)
            .FirstOrDefault(value => value is not null);
        if (key is null)
        {
            return null;
        }

        // Kinds go in too, so that null, an empty text and the text "null" differ.
        var parts = new string[row.Cells.Count * 2];
        for (var index = 0; index < row.Cells.Count; index++)
        {
            var cell = row.Cells[index];
            parts[2 * index] = KindOf(cell.Kind);
            parts[(2 * index) + 1] = cell.Written;
        }

        return new RowHash(Hash(key), Hash(parts));
    }

    private static ulong Hash(params ReadOnlySpan<string> parts) => ulong.Parse(UniqueId.Of(parts).AsSpan(0, 16), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static string KindOf(CellKind kind) => kind switch
    {
        CellKind.Missing => "m",
        CellKind.Null => "0",
        CellKind.Text => "t",
        CellKind.Number => "n",
        CellKind.Bool => "b",
        _ => "j",
    };
}
