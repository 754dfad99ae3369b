using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Json;
using KlaviyoRelay.Core.Records.Mapping;
using KlaviyoRelay.Core.Records.Readers;

namespace KlaviyoRelay.Core.Records.Sources;

/// <summary>Turns a value of a database into a cell.</summary>
public static class DbCell
{
    /// <param name="value">The value as ADO.NET reads it.</param>
    /// <param name="type">The database's name of its type.</param>
    public static Cell Of(object value, string type) => value switch
    {
        DBNull => Cell.Null,
        string text => type is "json" or "jsonb" ? OfJson(text) : Cell.Text(text),
        bool truth => new Cell(CellKind.Bool, truth ? "true" : "false"),
        float number => OfNumber(number, double.IsFinite(number)),
        double number => OfNumber(number, double.IsFinite(number)),
        sbyte or byte or short or ushort or int or uint or long or ulong or decimal => OfNumber((IFormattable)value, isFinite: true),
        DateTime or DateTimeOffset or DateOnly or TimeOnly => Cell.Text(TextOfTime(value)),
        byte[] bytes => Cell.Text(Convert.ToBase64String(bytes)),
        IEnumerable list => OfList(list),
        _ => Cell.Text(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""),
    };

    private static Cell OfNumber(IFormattable number, bool isFinite)
    {
        var text = number.ToString(format: null, CultureInfo.InvariantCulture);
        return isFinite ? new Cell(CellKind.Number, text) : Cell.Text(text);
    }

    private static string TextOfTime(object value) => value switch
    {
        // A time without a zone is taken for UTC, as everywhere in rows.
        DateTime time => time.ToString(time.Kind == DateTimeKind.Utc ? "yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'" : "yyyy-MM-dd'T'HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFzzz", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString("O", CultureInfo.InvariantCulture),
        _ => "",
    };

    private static Cell OfJson(string text)
    {
        using var document = JsonDocument.Parse(text);
        var json = document.RootElement;
        return json.ValueKind switch
        {
            JsonValueKind.Null => Cell.Null,
            JsonValueKind.String => Cell.Text(json.GetString() ?? ""),
            JsonValueKind.Number => new Cell(CellKind.Number, text.Trim()),
            JsonValueKind.True or JsonValueKind.False => new Cell(CellKind.Bool, text.Trim()),
            _ => new Cell(CellKind.Json, text),
        };
    }

    private static Cell OfList(IEnumerable list)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, RowJson.Options))
        {
            json.WriteStartArray();
            foreach (var item in list)
            {
                RowJson.WriteValue(json, Of(item ?? DBNull.Value, ""));
            }

            json.WriteEndArray();
        }

        return new Cell(CellKind.Json, Encoding.UTF8.GetString(bytes.ToArray()));
    }
}
