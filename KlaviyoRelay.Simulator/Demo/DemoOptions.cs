namespace KlaviyoRelay.Simulator.Demo;

/// <summary>Where the relay and the simulator listen.</summary>
internal sealed record DemoOptions(Uri Relay, Uri Simulator)
{
    private const string DefaultRelay = "http://127.0.0.1:7071";

    /// <exception cref="SimulatorSetupException">The arguments can't be understood.</exception>
    public static DemoOptions Parse(IReadOnlyList<string> args)
    {
        var options = new DemoOptions(new Uri(DefaultRelay), new Uri(SimulatorApp.DefaultAddress));
        for (var i = 0; i < args.Count; i += 2)
        {
            var value = i + 1 < args.Count ? args[i + 1] : "";
            options = args[i] switch
            {
                "--relay" => options with { Relay = Address(args[i], value) },
                "--simulator" => options with { Simulator = Address(args[i], value) },
                _ => throw new SimulatorSetupException($"'{args[i]}' is not an option of demo. Usage: demo [--relay ADDRESS] [--simulator ADDRESS]"),
            };
        }

        return options;
    }

    private static Uri Address(string option, string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new SimulatorSetupException($"{option} needs an address such as {DefaultRelay}.");
}
