using System.CommandLine;
using System.CommandLine.Parsing;
using KlaviyoRelay.CommandLine;

namespace KlaviyoRelay.Simulator.Demo;

/// <summary>The verb <c>demo</c>.</summary>
internal static class DemoCommand
{
    private static readonly string DefaultRelay = $"http://127.0.0.1:{Environment.GetEnvironmentVariable("RELAY_PORT") ?? "7071"}";

    public static Command Create()
    {
        var relay = Address("--relay", "Where the relay listens.", DefaultRelay);
        var simulator = Address("--simulator", "Where the simulator listens.", SimulatorApp.DefaultAddress);
        var json = new Option<bool>("--json") { Description = "Write the result as JSON, and nothing else on the output." };
        var command = new DocumentedCommand(
            "demo",
            "Post a story of webhooks to the relay, as Gladly and Kustomer would, and files of rows, ask for a card, and check what became of it all.",
            HelpSection.Examples(
                ("make demo", "Against what `make run` has started."),
                ("KlaviyoRelay.Simulator demo --relay http://127.0.0.1:8080", "A relay at another address."),
                ("KlaviyoRelay.Simulator demo --json | jq .summary", "For a program.")),
            new HelpSection(
                "Settings",
                ("local.settings.json", "The relay's, of the current folder; without it, local.settings.sample.json. Read are:"),
                ("Klaviyo__BaseAddress", "Where the relay sends to: when it is not the simulator, there is nothing to compare."),
                ("Relay__Connections__gladly__Webhook__...", "The user name, and the name of the password's secret."),
                ("Relay__Connections__kustomer__...", "The signature's header, the name of the key's secret, the profile property."),
                ("Relay__Syncs__leads__Secret, ...__orders__Secret", "The names of the secrets of the syncs; without the syncs, no rows are posted."),
                ("Relay__Connections__kustomer__Card__Secret", "The name of the card's token; without it, no card is asked for."),
                ("Secrets__{name}", "The secrets themselves.")),
            HelpSection.Environment(("Any setting", "Under its name; it wins over the file.")),
            HelpSection.ExitCodes("Every event was recorded exactly once, and nothing else was; every row is in its bucket; the card says what Klaviyo has.", "Something else happened; the result or the error output says what.")) { relay, simulator, json };
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(parsed, new DemoAddresses(parsed.GetRequiredValue(relay), parsed.GetRequiredValue(simulator)), parsed.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, DemoAddresses addresses, bool isJson, CancellationToken cancellationToken)
    {
        var settings = DemoSettings.Load(Directory.GetCurrentDirectory(), Environment.GetEnvironmentVariable);
        var progress = new DemoProgress(Terminal.Progress(), Console.Error);
        var result = await new DemoPlay(addresses, settings, progress, TimeProvider.System).RunAsync(cancellationToken);
        if (isJson)
        {
            await parsed.InvocationConfiguration.Output.WriteLineAsync(DemoJson.Write(result));
        }
        else
        {
            new DemoTable(Terminal.Output()).Write(result);
        }

        return result.IsGood ? ExitCode.Done : ExitCode.Failed;
    }

    private static Option<Uri> Address(string name, string description, string usual) => new(name)
    {
        Description = description,
        HelpName = "address",
        DefaultValueFactory = _ => new Uri(usual),
        CustomParser = text => Parse(name, text, usual),
    };

    private static Uri? Parse(string name, ArgumentResult text, string usual)
    {
        if (Uri.TryCreate(text.Tokens[0].Value, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
        {
            return address;
        }

        text.AddError($"{name} is '{text.Tokens[0].Value}': it should be an address such as {usual}.");
        return null;
    }
}
