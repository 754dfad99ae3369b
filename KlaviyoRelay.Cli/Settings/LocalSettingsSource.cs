using System.Globalization;
using System.Text.Json;
using KlaviyoRelay.CommandLine;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.FileProviders;

namespace KlaviyoRelay.Cli.Settings;

/// <summary>
/// The Functions format of local settings: <c>{"Values": {"Relay__Delivery__BatchBudget": "00:03:30"}}</c>. The
/// file is read again when it changes, so that a secret can be replaced while the relay runs.
/// </summary>
internal sealed class LocalSettingsSource : JsonConfigurationSource
{
    private const string FileName = "local.settings.json";
    private const string SampleFileName = "local.settings.sample.json";

    /// <summary>local.settings.json of the folder, else local.settings.sample.json; null when there is neither.</summary>
    public static LocalSettingsSource? Find(string folder)
    {
        var name = NameIn(folder);
        return File.Exists(System.IO.Path.Combine(folder, name))
            ? new LocalSettingsSource { FileProvider = new PhysicalFileProvider(folder), Path = name, ReloadOnChange = true }
            : null;
    }

    public static string NameIn(string folder) => Array.Find([FileName, SampleFileName], file => File.Exists(System.IO.Path.Combine(folder, file))) ?? FileName;

    public override IConfigurationProvider Build(IConfigurationBuilder builder)
    {
        EnsureDefaults(builder);
        return new LocalSettingsProvider(this);
    }

    private sealed class LocalSettingsProvider(LocalSettingsSource source) : JsonConfigurationProvider(source)
    {
        private const string Values = "Values:";

        private bool _isLoaded;

        public override void Load(Stream stream)
        {
            try
            {
                base.Load(stream);
            }
            catch (FormatException exception) when (_isLoaded)
            {
                // The relay runs: a typing error, or a file that is half written, does not take its secrets away.
                Terminal.Error().WriteLine($"{SettingsFileProblem.Of(Source.Path ?? FileName, exception)} The settings that were read before are used until then.");
                return;
            }

            _isLoaded = true;
            Data = Data
                .Where(setting => setting.Key.StartsWith(Values, StringComparison.OrdinalIgnoreCase))
                .ToDictionary(
                    setting => setting.Key[Values.Length..].Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal),
                    setting => setting.Value,
                    StringComparer.OrdinalIgnoreCase);
        }
    }
}

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
