using System.Globalization;

namespace KlaviyoRelay.Core.Records.Runs;

/// <summary>
/// Writes a result as CSV (RFC 4180). A spreadsheet takes a cell that begins with = + - or @ for a formula, so an apostrophe
/// stands before it.
/// </summary>
public static class ResultCsv
{
    private const string Formulas = "=+-@\t\r";
    private const string Quoted = ",\"\r\n";

    private static readonly string[] Header = ["body", "row", "outcome", "column", "reason", "detail", "email", "phone_number", "external_id"];

    public static async Task WriteAsync(TextWriter csv, IEnumerable<ResultLine> lines, CancellationToken cancellationToken)
    {
        await csv.WriteAsync(Line(Header).AsMemory(), cancellationToken);
        foreach (var line in lines)
        {
            string?[] cells =
            [
                line.Body.ToString(CultureInfo.InvariantCulture), line.Row.ToString(CultureInfo.InvariantCulture), line.Outcome, line.Column, line.Reason, line.Detail, line.Email, line.Phone, line.ExternalId,
            ];
            await csv.WriteAsync(Line(cells).AsMemory(), cancellationToken);
        }
    }

    private static string Line(IEnumerable<string?> cells) => $"{string.Join(',', cells.Select(Cell))}\r\n";

    private static string Cell(string? text)
    {
        var cell = text is { Length: > 0 } && Formulas.Contains(text[0], StringComparison.Ordinal) ? $"'{text}" : text ?? "";
        return cell.AsSpan().IndexOfAny(Quoted) < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
