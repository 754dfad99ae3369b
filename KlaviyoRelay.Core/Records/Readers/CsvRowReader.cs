using System.Text;
using nietras.SeparatedValues;

namespace KlaviyoRelay.Core.Records.Readers;

/// <summary>
/// Reads CSV as RFC 4180 has it: commas, a header, quotes around what holds a comma, a quote or a line break. An empty cell is
/// null. A line without any character is no row.
/// </summary>
public sealed class CsvRowReader(Stream body, IReadOnlyList<string> columns) : RowReader(body)
{
    private readonly StreamReader _text = new(body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));

    private SepReader? _rows;
    private int[] _places = [];
    private int _width;
    private long _line = 1;

    protected override async ValueTask<Cell[]?> NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Cells are checked and taken out of their quotes here, because the library takes every quote for one.
            _rows ??= await Sep.New(',').Reader(options => options with { HasHeader = false, DisableColCountCheck = true }).FromAsync(_text, cancellationToken);
            while (await _rows.MoveNextAsync(cancellationToken))
            {
                if (_width == 0)
                {
                    TakeHeader(_rows.Current);
                }
                else if (TakeRow(_rows.Current) is { } cells)
                {
                    return cells;
                }
            }

            return null;
        }
        catch (NotSupportedException)
        {
            // The library's word for a row that never ends.
            throw Malformed(_line + 1, "a row has more than 16 million characters. Does a quote not end?");
        }
    }

    public override async ValueTask DisposeAsync()
    {
        _rows?.Dispose();
        _text.Dispose();
        await base.DisposeAsync();
    }

    private void TakeHeader(SepReader.Row row)
    {
        var names = new List<string>();
        for (var place = 0; place < row.ColCount; place++)
        {
            names.Add(Unquoted(row[place].Span, 1, place).Trim());
        }

        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw Malformed(1, $"the header names the column '{twice.Key}' twice.");
        }

        _width = names.Count;
        _places = [.. columns.Select(column => names.IndexOf(column))];
        if (_places.Contains(-1))
        {
            throw Missing(columns.Where(column => !names.Contains(column)), names);
        }
    }

    /// <summary>Null for a line without any character.</summary>
    private Cell[]? TakeRow(SepReader.Row row)
    {
        _line = row.LineNumberFrom;
        if (row.ColCount == 1 && row[0].Span.IsEmpty)
        {
            return null;
        }

        if (row.ColCount != _width)
        {
            throw Malformed(_line, FormattableString.Invariant($"the row has {row.ColCount} cells, the header has {_width}."));
        }

        var cells = new Cell[_places.Length];
        for (var index = 0; index < cells.Length; index++)
        {
            var text = Unquoted(row[_places[index]].Span, _line, _places[index]);
            cells[index] = text.Length == 0 ? Cell.Null : Cell.Text(text);
        }

        return cells;
    }

    private static string Unquoted(ReadOnlySpan<char> cell, long line, int place)
    {
        if (!cell.Contains('"'))
        {
            return cell.ToString();
        }

        // Within quotes, two of them are one.
        if (cell is ['"', .. var inner, '"'] && inner.ToString().Replace("\"\"", "", StringComparison.Ordinal) is var rest && !rest.Contains('"', StringComparison.Ordinal))
        {
            return inner.ToString().Replace("\"\"", "\"", StringComparison.Ordinal);
        }

        throw Malformed(line, FormattableString.Invariant($"cell {place + 1} has a quote where none can be. A cell with a quote in it stands in quotes, and the quote in it is doubled."));
    }

    private static RowsRefusedException Malformed(long line, string what) => new(RowsProblem.Malformed, FormattableString.Invariant($"Line {line}: {what}"));
}
