using System.Text.Json.Nodes;
using KlaviyoRelay.Faults.Processes;
using KlaviyoRelay.Simulator;
using KlaviyoRelay.Simulator.Demo;
using Spectre.Console;

namespace KlaviyoRelay.Tests.Simulator;

public sealed class DemoTests : SimulatorTest
{
    private readonly StringWriter _output = new();
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal);

    [Fact]
    public async Task Demo_exits_0_when_every_event_is_recorded_exactly_once()
    {
        await using var relay = await StartRelayAsync();

        var exitCode = await RunAsync(relay.Address);

        exitCode.ShouldBe(0, _output.ToString());
        _output.ToString().ShouldContain("All 22 events were recorded exactly once.");
        _output.ToString().ShouldContain("200 ignored");
    }

    [Fact]
    public async Task Demo_can_be_run_again()
    {
        await using var relay = await StartRelayAsync();
        await RunAsync(relay.Address);
        Clock.Advance(TimeSpan.FromSeconds(1));

        (await RunAsync(relay.Address)).ShouldBe(0, _output.ToString());
    }

    [Fact]
    public async Task Demo_uses_the_developers_own_addresses_when_the_simulator_does()
    {
        await ControlAsync(HttpMethod.Post, "/customers", """[{"helpdesk":"gladly","id":"gladly-john","emails":[{"email":"you+john@your-shop.com"}]}]""");
        await using var relay = await StartRelayAsync();

        (await RunAsync(relay.Address)).ShouldBe(0, _output.ToString());
        _output.ToString().ShouldContain("you+john@your-shop.com");
    }

    [Fact]
    public async Task Demo_names_what_is_missing()
    {
        await using var relay = await StartRelayAsync();
        relay.Sends = attributes => Metric(attributes) == "reopened conversation in Gladly" ? [] : [attributes];

        (await RunAsync(relay.Address)).ShouldBe(1);
        _output.ToString().ShouldContain("'reopened conversation in Gladly' for john@klaviyo-demo.com: missing.");
    }

    [Fact]
    public async Task Demo_names_what_is_doubled()
    {
        await using var relay = await StartRelayAsync();
        relay.Sends = attributes => Metric(attributes) == "reopened conversation in Gladly" ? [attributes, Changed(attributes, "unique_id", "another")] : [attributes];

        (await RunAsync(relay.Address)).ShouldBe(1);
        _output.ToString().ShouldContain("'reopened conversation in Gladly' for john@klaviyo-demo.com: recorded more than once.");
    }

    [Fact]
    public async Task Demo_names_what_was_not_expected()
    {
        await using var relay = await StartRelayAsync();
        relay.Sends = attributes => Metric(attributes) == "reopened conversation in Gladly"
            ? [attributes, Changed(attributes, "metric", JsonNode.Parse("""{"data":{"type":"metric","attributes":{"name":"Surprise"}}}"""))]
            : [attributes];

        (await RunAsync(relay.Address)).ShouldBe(1);
        _output.ToString().ShouldContain("'Surprise' for john@klaviyo-demo.com: not expected.");
    }

    [Fact]
    public async Task Demo_names_what_has_other_properties()
    {
        await using var relay = await StartRelayAsync();
        relay.Sends = attributes => Metric(attributes) == "reopened conversation in Gladly"
            ? [Changed(attributes, "properties", new JsonObject { ["subject"] = "private" })]
            : [attributes];

        (await RunAsync(relay.Address)).ShouldBe(1);
        _output.ToString().ShouldContain("'reopened conversation in Gladly' for john@klaviyo-demo.com: has other properties.");
    }

    [Fact]
    public async Task Demo_says_so_when_the_relay_refuses_the_credentials()
    {
        _environment["Secrets__gladlyWebhookPassword"] = "wrong";
        await using var relay = await StartRelayAsync();

        (await RunAsync(relay.Address)).ShouldBe(1);
        _output.ToString().ShouldContain("10 webhooks were not answered as expected.");
    }

    [Fact]
    public async Task Demo_compares_nothing_when_the_relay_sends_to_the_real_klaviyo()
    {
        _environment["Klaviyo__BaseAddress"] = "https://a.klaviyo.com";
        await using var relay = await StartRelayAsync();

        (await RunAsync(relay.Address)).ShouldBe(0);
        _output.ToString().ShouldContain("look in Klaviyo");
    }

    [Fact]
    public async Task Demo_says_what_to_start_when_the_relay_does_not_answer()
    {
        var exception = await Should.ThrowAsync<SimulatorSetupException>(() => RunAsync(new Uri("http://127.0.0.1:1")));

        exception.Message.ShouldContain("The relay doesn't answer at http://127.0.0.1:1/");
    }

    [Fact]
    public async Task Demo_says_what_to_start_when_the_simulator_does_not_answer()
    {
        var options = new DemoOptions(Address, new Uri("http://127.0.0.1:1"));
        var demo = new DemoCommand(options, Settings(), AnsiConsole.Console, Clock);

        var exception = await Should.ThrowAsync<SimulatorSetupException>(() => demo.RunAsync(TestContext.Current.CancellationToken));

        exception.Message.ShouldContain("The simulator doesn't answer at http://127.0.0.1:1/");
    }

    [Theory]
    [InlineData("--relay", "nonsense")]
    [InlineData("--relay")]
    [InlineData("--reset", "1")]
    public void Demo_refuses_arguments_it_does_not_know(params string[] args) =>
        Should.Throw<SimulatorSetupException>(() => DemoOptions.Parse(args));

    private static string? Metric(JsonObject attributes) => attributes["metric"]?["data"]?["attributes"]?["name"]?.GetValue<string>();

    private static JsonObject Changed(JsonObject attributes, string name, JsonNode? value)
    {
        var changed = attributes.DeepClone().AsObject();
        changed[name] = value;
        return changed;
    }

    private async Task<FakeRelay> StartRelayAsync()
    {
        var relay = new FakeRelay(Address);
        await relay.StartAsync();
        return relay;
    }

    private Task<int> RunAsync(Uri relay)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(_output),
        });
        console.Profile.Width = 200;
        return new DemoCommand(new DemoOptions(relay, Address), Settings(), console, Clock).RunAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The sample settings, with Klaviyo where this test's simulator is.</summary>
    private DemoSettings Settings() => DemoSettings.Load(
        Repository.Root,
        name => _environment.GetValueOrDefault(name) ?? (name == "Klaviyo__BaseAddress" ? $"{Address}klaviyo" : null));
}
