namespace KlaviyoRelay.Tests.CommandLine;

public sealed class HelpTests
{
    [Theory]
    [InlineData(Programs.Relay, "")]
    [InlineData(Programs.Relay, "check")]
    [InlineData(Programs.Relay, "audit")]
    [InlineData(Programs.Relay, "trigger")]
    [InlineData(Programs.Relay, "watch")]
    [InlineData(Programs.Relay, "events list")]
    [InlineData(Programs.Relay, "events show")]
    [InlineData(Programs.Relay, "replay")]
    [InlineData(Programs.Relay, "dead-letters")]
    [InlineData(Programs.Relay, "dead-letters list")]
    [InlineData(Programs.Relay, "dead-letters show")]
    [InlineData(Programs.Relay, "dead-letters release")]
    [InlineData(Programs.Relay, "dead-letters redrive")]
    [InlineData(Programs.Relay, "dead-letters purge")]
    [InlineData(Programs.Relay, "sync run")]
    [InlineData(Programs.Simulator, "")]
    [InlineData(Programs.Simulator, "serve")]
    [InlineData(Programs.Simulator, "demo")]
    [InlineData(Programs.Faults, "")]
    [InlineData(Programs.Benchmarks, "")]
    public async Task Help_tells_usage_options_environment_and_exit_codes(string program, string command)
    {
        var result = await Programs.RunAsync(program, Words($"{command} --help"));

        (result.ExitCode, result.Error).ShouldBe((0, ""));
        foreach (var part in new[] { "Description:\n  ", "Usage:\n  ", "Options:\n  ", "\nEnvironment:\n  ", "  NO_COLOR  ", "\nExit codes:\n  0  ", "\n  1  ", "\n  2  " })
        {
            result.Output.ReplaceLineEndings("\n").ShouldContain(part);
        }
    }

    [Theory]
    [InlineData(Programs.Relay, "", "scripts/relay dead-letters list", "--urls <address>", "local.settings.json", "Klaviyo__BaseAddress", "AzureWebJobsStorage", "KeyVault__Uri", "ASPNETCORE_URLS")]
    [InlineData(Programs.Relay, "check", "scripts/relay check gladly", "--json")]
    [InlineData(Programs.Relay, "dead-letters purge", "purge --queue rejected --yes", "--json", "--emails", "--reason", "AzureWebJobsStorage")]
    [InlineData(Programs.Relay, "trigger", "relay trigger gladly.closed --conversation c-1", "--to <address>", "--secret-stdin", "RELAY_WEBHOOK_SECRET")]
    [InlineData(Programs.Relay, "sync run", "sync run leads --file leads.csv --dry-run", "--relay <address>", "--yes", "--json", "Relay__Syncs__{sync}__...")]
    [InlineData(Programs.Simulator, "", "KlaviyoRelay.Simulator demo", "--urls <address>", "ASPNETCORE_URLS", "Simulator__CustomerEmail")]
    [InlineData(Programs.Simulator, "demo", "make demo", "--json", "--relay <address>", "http://127.0.0.1:7071", "--simulator <address>", "Klaviyo__BaseAddress")]
    [InlineData(Programs.Faults, "", "make test-faults", "--json", "--only", "key-revoked", "--list", "[default: 1000]")]
    [InlineData(Programs.Benchmarks, "", "make bench", "--json", "--save <file>", "floor-bulk", "--full")]
    public async Task Help_names_what_can_be_said(string program, string command, params string[] parts)
    {
        var result = await Programs.RunAsync(program, Words($"{command} --help"));

        foreach (var part in parts)
        {
            result.Output.ShouldContain(part);
        }
    }

    [Theory]
    [InlineData(Programs.Relay, "chek", "'chek' is no command or option.")]
    [InlineData(Programs.Simulator, "--reset", "'--reset' is no command or option.")]
    [InlineData(Programs.Simulator, "demo --relay", "Required argument missing for option: '--relay'.")]
    [InlineData(Programs.Simulator, "demo --relay nonsense", "--relay is 'nonsense': it should be an address such as http://127.0.0.1:7071.")]
    [InlineData(Programs.Simulator, "demo --reset 1", "'--reset' is no command or option.\n'1' is no command or option.")]
    [InlineData(Programs.Faults, "--conversations 5", "--conversations must be at least 20.")]
    [InlineData(Programs.Benchmarks, "--only nothing", "There is no row 'nothing': there are ")]
    public async Task Wrong_usage_exits_with_2_and_says_why(string program, string args, string expected)
    {
        var result = await Programs.RunAsync(program, Words(args));

        (result.ExitCode, result.Output).ShouldBe((2, ""));
        result.Error.ShouldStartWith(expected);
        result.Error.ShouldEndWith("\n--help tells what there is.\n");
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
