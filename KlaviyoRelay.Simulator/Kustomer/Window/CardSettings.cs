namespace KlaviyoRelay.Simulator.Kustomer.Window;

/// <summary>What an admin types into Kustomer when the app of the card is installed.</summary>
/// <param name="Relay">The relay's address.</param>
/// <param name="Connection">The relay's connection.</param>
/// <param name="Token">The value of the app's secret setting.</param>
internal sealed record CardSettings(Uri Relay, string Connection, string Token)
{
    /// <summary>The app's name, to which Kustomer adds the organisation's id.</summary>
    public const string App = "klaviyo_relay_simulated";

    public const string TokenSetting = $"{Section}:Token";

    private const string Section = "Simulator:Card";

    /// <summary>What the window frames.</summary>
    public string Address => $"{Relay}api/cards/{Connection}?app={App}";

    /// <summary>Where Kustomer's servers send the command to.</summary>
    public Uri InsightOf(string customer) => new(Relay, $"api/insights/{Connection}/customers/{Uri.EscapeDataString(customer)}");

    public static CardSettings Read(IConfiguration configuration)
    {
        var relay = configuration[$"{Section}:Relay"] ?? "http://127.0.0.1:7071";
        return Uri.TryCreate($"{relay.TrimEnd('/')}/", UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? new CardSettings(address, configuration[$"{Section}:Connection"] ?? "kustomer", configuration[TokenSetting] ?? "simulated-kustomer-card-token")
            : throw new SimulatorSetupException($"Simulator__Card__Relay is '{relay}': it should be the relay's address, such as http://127.0.0.1:7071.");
    }
}
