using System.Collections.Immutable;
using System.Data.Common;
using System.Runtime.InteropServices;
using KlaviyoRelay.Core.Records.Readers;

namespace KlaviyoRelay.Core.Records.Sources;

/// <summary>Reads the rows of a result one after another.</summary>
public sealed class DbRows
{
    private readonly DbDataReader _reader;
    private readonly (int Ordinal, string Name, string Type)[] _columns;
    private readonly (int Ordinal, string Name, string Type)? _order;

    /// <param name="reader">The result.</param>
    /// <param name="columns">The columns that are asked for.</param>
    /// <param name="orderColumn">The column that orders the rows; null for no order.</param>
    /// <exception cref="SourceException">The result lacks a column.</exception>
    public DbRows(DbDataReader reader, IReadOnlyList<string> columns, string? orderColumn)
    {
        ArgumentNullException.ThrowIfNull(reader);
        _reader = reader;
        var present = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToList();
        var missing = columns.Concat(orderColumn is null ? [] : [orderColumn]).Distinct().Except(present, StringComparer.Ordinal).ToList();
        if (missing.Count > 0)
        {
            throw new SourceException($"The query's result lacks what the sync asks for: {string.Join(", ", missing)}. It has {string.Join(", ", present)}.");
        }

        _columns = [.. columns.Select(Find)];
        _order = orderColumn is null ? null : Find(orderColumn);

        (int Ordinal, string Name, string Type) Find(string name) => (present.IndexOf(name), name, reader.GetDataTypeName(present.IndexOf(name)));
    }

    /// <summary>Whether the order column holds texts, which do not sort as the times or numbers that they may be.</summary>
    public bool IsOrderText => _order is { } column && _reader.GetFieldType(column.Ordinal) == typeof(string);

    /// <summary>The cells of the row.</summary>
    public ImmutableArray<Cell> Cells { get; private set; } = [];

    /// <summary>The row's value in the order column; null for no order.</summary>
    public string? Order { get; private set; }

    /// <summary>Whether it differs from that of the row before.</summary>
    public bool IsOrderNew { get; private set; }

    /// <summary>Goes to the next row; false at the end.</summary>
    /// <exception cref="SourceException">The row holds a value that can't be read.</exception>
    public async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (!await _reader.ReadAsync(cancellationToken))
        {
            return false;
        }

        Cells = ImmutableCollectionsMarshal.AsImmutableArray(Array.ConvertAll(_columns, CellOf));
        if (_order is { } column)
        {
            var order = CellOf(column).Value ?? throw new SourceException($"The column {column.Name}, which orders the rows, holds a null. Leave such rows out of the query.");
            IsOrderNew = order != Order;
            Order = order;
        }

        return true;
    }

    private Cell CellOf((int Ordinal, string Name, string Type) column)
    {
        try
        {
            return DbCell.Of(_reader.GetValue(column.Ordinal), column.Type);
        }
        catch (Exception exception) when (exception is InvalidCastException or OverflowException or ArgumentException)
        {
            throw new SourceException($"The column {column.Name} of type {column.Type} holds a value that can't be read. Convert it in the query, such as by ::text.", exception);
        }
    }
}
