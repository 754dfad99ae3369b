using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using KlaviyoRelay.Core.Records.Readers;

namespace KlaviyoRelay.Core.Records.Mapping;

/// <summary>Writes cells as JSON.</summary>
public static class RowJson
{
    // The body is not part of a page, so only JSON's own characters are escaped.
    public static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    public static readonly JsonWriterOptions Options = new() { Encoder = Encoder, SkipValidation = true };

    /// <summary>Writes a custom property: texts, numbers, truth values, lists and objects as they are.</summary>
    public static void WriteValue(Utf8JsonWriter json, Cell cell)
    {
        switch (cell.Kind)
        {
            case CellKind.Text:
                json.WriteStringValue(cell.Written);
                break;
            case CellKind.Number or CellKind.Bool or CellKind.Json:
                json.WriteRawValue(cell.Written, skipInputValidation: true);
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }

    /// <summary>A number, as JSON writes it; null when the cell holds none.</summary>
    public static string? Number(Cell cell) => cell.Kind switch
    {
        CellKind.Number => cell.Written,
        CellKind.Text when decimal.TryParse(cell.Written, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) =>
            number.ToString(CultureInfo.InvariantCulture),
        _ => null,
    };
}
