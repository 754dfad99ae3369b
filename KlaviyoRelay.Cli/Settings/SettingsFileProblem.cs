using System.Globalization;
using System.Text.Json;

namespace KlaviyoRelay.Cli.Settings;

/// <summary>What is wrong with a settings file, in a sentence. It quotes nothing of the file, which holds secrets.</summary>
internal static class SettingsFileProblem
{
    public static string Of(string file, Exception exception) => exception switch
    {
        FormatException { InnerException: JsonException json } => string.Create(
            CultureInfo.InvariantCulture,
            $"{file} is not valid JSON at line {json.LineNumber + 1}, position {json.BytePositionInLine + 1}: look there and at the line before for a comma, a quotation mark or a brace."),
        FormatException format => $"{file} can't be used: {format.Message}",
        _ => $"{file} can't be read: {exception.Message}",
    };
}
