using System.Text.Json.Nodes;
using KlaviyoRelay.Cli;
using KlaviyoRelay.Faults.Processes;
using KlaviyoRelay.Simulator;
using KlaviyoRelay.Simulator.Demo;
using Spectre.Console;

namespace KlaviyoRelay.Tests.Simulator;

public sealed class DemoTests : SimulatorTest
{
    private readonly StringWriter _output = new() { NewLine = "\n" };
    private readonly StringWriter _progress = new() { NewLine = "\n" };
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
        await using var simulator = SimulatorApp.Build(["--urls", "http://127.0.0.1:0", "--Simulator:CustomerEmail", "you@your-shop.com"], Clock);
        await simulator.StartAsync(TestContext.Current.CancellationToken);
        var address = new Uri(simulator.Urls.Single());
        await using var relay = new FakeRelay(address);
        await relay.StartAsync();

        var result = await Play(new DemoAddresses(relay.Address, address)).RunAsync(TestContext.Current.CancellationToken);

        new DemoTable(Terminal.Create(_output, isRedirected: true, noColor: null)).Write(result);
        result.IsGood.ShouldBeTrue();
        _output.ToString().ShouldContain("look in Klaviyo");
        _output.ToString().ShouldContain("What Klaviyo should record");
    }

    [Fact]
    public async Task Demo_posts_nothing_to_the_real_klaviyo_while_the_customers_addresses_are_made_up()
    {
        _environment["Klaviyo__BaseAddress"] = "https://a.klaviyo.com";
        await using var relay = await StartRelayAsync();

        var exception = await Should.ThrowAsync<SimulatorSetupException>(() => RunAsync(relay.Address));

        exception.Message.ShouldContain("set Simulator__CustomerEmail to an address of yours");
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
        var demo = Play(new DemoAddresses(Address, new Uri("http://127.0.0.1:1")));

        var exception = await Should.ThrowAsync<SimulatorSetupException>(() => demo.RunAsync(TestContext.Current.CancellationToken));

        exception.Message.ShouldContain("The simulator doesn't answer at http://127.0.0.1:1/");
    }

    [Fact]
    public async Task Demo_tells_as_json_what_was_posted_and_recorded()
    {
        await using var relay = await StartRelayAsync();
        relay.Sends = attributes => Metric(attributes) == "reopened conversation in Gladly" ? [] : [attributes];

        var json = JsonNode.Parse(DemoJson.Write(await ResultAsync(relay.Address)));

        (json?["ok"]?.GetValue<bool>(), json?["compared"]?.GetValue<bool>()).ShouldBe((false, true));
        json?["summary"]?.GetValue<string>().ShouldBe("21 of 22 events were recorded as expected.");
        json?["problems"]?.AsArray().Select(problem => problem?.GetValue<string>()).ShouldBe(["'reopened conversation in Gladly' for john@klaviyo-demo.com: missing."]);
        var webhooks = json?["webhooks"]?.AsArray() ?? [];
        webhooks.Count.ShouldBe(18);
        webhooks[0]?.ToJsonString().ShouldBe("""{"connection":"gladly","event":"PING","customer":"","status":200,"ok":true,"events":[]}""");
        webhooks[3]?["events"]?.AsArray().Count.ShouldBe(3);
        webhooks[9]?["events"]?.ToJsonString().ShouldBe(
            """[{"metric":"reopened conversation in Gladly","email":"john@klaviyo-demo.com","times":0,"problem":"missing"}]""");
        webhooks[3]?["events"]?.AsArray().Select(one => one?["times"]?.GetValue<int>()).ShouldBe([1, 1, 1]);
        webhooks.Sum(webhook => webhook?["events"]?.AsArray().Count).ShouldBe(22);
    }

    [Fact]
    public async Task Demo_tells_its_progress_in_plain_lines_beside_the_result()
    {
        await using var relay = await StartRelayAsync();

        await RunAsync(relay.Address);

        _progress.ToString().ShouldStartWith("Webhooks sent: 18 of 18\nEvents recorded: ");
        _progress.ToString().ShouldEndWith("Events recorded: 22 of 22\n");
        _output.ToString().ShouldNotContain("Webhooks sent");
    }

    [Fact]
    public async Task Demo_shows_bars_on_a_terminal()
    {
        await using var relay = await StartRelayAsync();
        var terminal = Terminal.Create(_output, isRedirected: false, noColor: null, AnsiSupport.Yes);
        (terminal.Profile.Width, terminal.Profile.Capabilities.Interactive) = (120, true);
        var demo = new DemoPlay(new DemoAddresses(relay.Address, Address), Settings(), new DemoProgress(terminal, _progress), Clock);

        await demo.RunAsync(TestContext.Current.CancellationToken);

        _output.ToString().ShouldContain("Webhooks sent 18 of 18");
        _output.ToString().ShouldContain("Events recorded 22 of 22");
        _output.ToString().ShouldContain('\u2501');
        _progress.ToString().ShouldBeEmpty();
    }

    [Fact]
    public async Task Demo_has_one_table_with_an_answer_for_each_webhook()
    {
        await using var relay = await StartRelayAsync();

        await RunAsync(relay.Address);

        var lines = _output.ToString().Split('\n');
        lines.Count(line => line.Contains("Webhook ", StringComparison.Ordinal) && line.Contains("What Klaviyo recorded", StringComparison.Ordinal)).ShouldBe(1);
        lines.Count(line => line.Contains("\u2502 20", StringComparison.Ordinal)).ShouldBe(18);
        _output.ToString().ShouldNotContain('\u001b');
    }

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

    private async Task<int> RunAsync(Uri relay)
    {
        var result = await ResultAsync(relay);
        new DemoTable(Terminal.Create(_output, isRedirected: true, noColor: null)).Write(result);
        return result.IsGood ? 0 : 1;
    }

    private Task<DemoResult> ResultAsync(Uri relay) => Play(new DemoAddresses(relay, Address)).RunAsync(TestContext.Current.CancellationToken);

    private DemoPlay Play(DemoAddresses addresses) =>
        new(addresses, Settings(), new DemoProgress(Terminal.Create(_progress, isRedirected: true, noColor: null), _progress), Clock);

    /// <summary>The sample settings, with Klaviyo where this test's simulator is.</summary>
    private DemoSettings Settings() => DemoSettings.Load(
        Repository.Root,
        name => _environment.GetValueOrDefault(name) ?? (name == "Klaviyo__BaseAddress" ? $"{Address}klaviyo" : null));
}
