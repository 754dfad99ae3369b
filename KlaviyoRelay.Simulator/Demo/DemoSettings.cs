using System.Text.Json;

namespace KlaviyoRelay.Simulator.Demo;

/// <summary>
/// The relay's settings, read where the relay reads them: local.settings.json of the current directory, or else
/// local.settings.sample.json; environment variables win.
/// </summary>
internal sealed class DemoSettings
{
    private static readonly string[] Files = ["local.settings.json", "local.settings.sample.json"];

    private readonly Dictionary<string, string> _values;
    private readonly Func<string, string?> _environment;
    private readonly string _source;

    private DemoSettings(Dictionary<string, string> values, string source, Func<string, string?> environment)
    {
        (_values, _source, _environment) = (values, source, environment);
    }

    public Uri KlaviyoBaseAddress => Uri.TryCreate(Required("Klaviyo__BaseAddress"), UriKind.Absolute, out var address)
        ? address
        : throw new SimulatorSetupException("Klaviyo__BaseAddress must be an address, such as http://127.0.0.1:7080/klaviyo.");

    public string GladlyUsername => Required("Relay__Connections__gladly__Webhook__Username");

    public string GladlyPassword => Secret("gladly");

    public string KustomerSignatureHeader => Required("Relay__Connections__kustomer__Webhook__Header");

    public string KustomerToken => Secret("kustomer");

    /// <summary>The Klaviyo account that Gladly's conversations go to.</summary>
    public string? Account => Find("Relay__Connections__gladly__Account") is { Length: > 0 } name ? name : null;

    /// <summary>The key of that account; null when it is in no setting.</summary>
    public string? KlaviyoKey => Find($"Relay__Accounts__{Account}__PrivateKeySecret") is { Length: > 0 } secret && Find($"Secrets__{secret}") is { Length: > 0 } key ? key : null;

    /// <summary>Whether the sync is set up: settings that are older have none.</summary>
    public bool HasSync(string sync) => Find($"Relay__Syncs__{sync}__Secret") is { Length: > 0 };

    /// <summary>Whether Kustomer's card is set up: settings that are older have none.</summary>
    public bool HasCard => Find("Relay__Connections__kustomer__Card__Secret") is { Length: > 0 };

    public string CardToken => Required($"Secrets__{Required("Relay__Connections__kustomer__Card__Secret")}");

    public string RowsSecret(string sync) => Required($"Secrets__{Required($"Relay__Syncs__{sync}__Secret")}");

    /// <summary>The key of the account that campaigns are made in; null where they are off.</summary>
    public string? CampaignsKey => string.Equals(Find("Relay__Accounts__main__CampaignsEnabled"), "true", StringComparison.OrdinalIgnoreCase)
        ? Required($"Secrets__{(Find("Relay__Accounts__main__CampaignsKeySecret") is { Length: > 0 } own ? own : Required("Relay__Accounts__main__PrivateKeySecret"))}")
        : null;

    /// <summary>The profile property of the connection, when it sets one.</summary>
    public string? KustomerProfileProperty => Find("Relay__Connections__kustomer__ProfileProperty") is { Length: > 0 } name ? name : null;

    public static DemoSettings Load(string directory, Func<string, string?> environment)
    {
        foreach (var file in Files)
        {
            var path = Path.Combine(directory, file);
            if (File.Exists(path))
            {
                return new DemoSettings(Read(path), file, environment);
            }
        }

        return new DemoSettings([], Files[0], environment);
    }

    /// <summary>A setting's value, or null when it is not set.</summary>
    public string? Find(string name) => _environment(name) ?? _values.GetValueOrDefault(name);

    private static Dictionary<string, string> Read(string path)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        try
        {
            using var document = JsonDocument.Parse(
                File.ReadAllBytes(path), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            foreach (var setting in document.RootElement.GetProperty("Values").EnumerateObject())
            {
                values[setting.Name.Replace(":", "__", StringComparison.Ordinal)] = setting.Value.ToString();
            }
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new SimulatorSetupException($"{Path.GetFileName(path)} must be JSON with an object \"Values\": {exception.Message}");
        }

        return values;
    }

    private string Secret(string connection) => Required($"Secrets__{Required($"Relay__Connections__{connection}__Webhook__Secret")}");

    private string Required(string name) => Find(name) is { Length: > 0 } value
        ? value
        : throw new SimulatorSetupException($"{name} is not set. Set it in {_source} of the current directory, or as an environment variable.");
}
