using System.Text;
using System.Text.Json;

namespace KlaviyoRelay.Core.Records.Readers;

/// <summary>Takes the asked columns out of one JSON object, and remembers which columns there were at all.</summary>
public sealed class JsonRow(IReadOnlyList<string> columns)
{
    private const int MaxOthers = 50;

    private readonly byte[][] _names = [.. columns.Select(Encoding.UTF8.GetBytes)];
    private readonly bool[] _seen = new bool[columns.Count];
    private readonly HashSet<string> _others = new(StringComparer.Ordinal);

    /// <summary>The asked columns that no row had.</summary>
    public IEnumerable<string> Unseen => columns.Where((_, index) => !_seen[index]);

    /// <summary>The columns that rows had.</summary>
    public IEnumerable<string> Seen => columns.Where((_, index) => _seen[index]).Concat(_others);

    /// <summary>The cells of the object that the reader has begun; null when its end is not there yet.</summary>
    public Cell[]? TryRead(ref Utf8JsonReader reader)
    {
        var cells = new Cell[_names.Length];
        var expected = 0;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject)
            {
                return cells;
            }

            var column = Find(ref reader, expected);
            var isAsked = column >= 0;
            if (!isAsked && _others.Count < MaxOthers)
            {
                _others.Add(TextOf(ref reader));
            }

            if (!reader.Read() || !TryReadValue(ref reader, isAsked, out var cell))
            {
                return null;
            }

            if (isAsked)
            {
                cells[column] = cell;
                _seen[column] = true;
                expected = column + 1;
            }
        }

        return null;
    }

    // Rows mostly have their keys in one order, so the next is tried first.
    private int Find(ref Utf8JsonReader reader, int expected)
    {
        for (var tried = 0; tried < _names.Length; tried++)
        {
            var index = (expected + tried) % _names.Length;
            if (reader.ValueTextEquals(_names[index]))
            {
                return index;
            }
        }

        return -1;
    }

    private static bool TryReadValue(ref Utf8JsonReader reader, bool isAsked, out Cell cell)
    {
        cell = Cell.Missing;
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            return TryReadNested(ref reader, isAsked, ref cell);
        }

        if (isAsked)
        {
            cell = reader.TokenType switch
            {
                JsonTokenType.Null => Cell.Null,
                JsonTokenType.String => Cell.Text(TextOf(ref reader)),
                JsonTokenType.Number => new Cell(CellKind.Number, Encoding.UTF8.GetString(reader.ValueSpan)),
                JsonTokenType.True => new Cell(CellKind.Bool, "true"),
                _ => new Cell(CellKind.Bool, "false"),
            };
        }

        return true;
    }

    // A copy of the reader is at the beginning of the value, and a document of it needs no second reading of the whole.
    private static bool TryReadNested(ref Utf8JsonReader reader, bool isAsked, ref Cell cell)
    {
        var beginning = reader;
        if (!reader.TrySkip())
        {
            return false;
        }

        if (isAsked)
        {
            using var value = JsonDocument.ParseValue(ref beginning);
            cell = new Cell(CellKind.Json, value.RootElement.GetRawText());
        }

        return true;
    }

    // Half of a character, as \ud800 writes it, is no text.
    private static string TextOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            throw new RowsRefusedException(RowsProblem.Malformed, "A text holds half of a character (an escape from \\ud800 to \\udfff by itself).");
        }
    }
}
