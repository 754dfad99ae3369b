using System.Text.Json.Nodes;
using KlaviyoRelay.Simulator;
using KlaviyoRelay.Simulator.Demo;

namespace KlaviyoRelay.Tests.Simulator;

[Trait("Takes", "programs")]
public sealed class DemoTests(PlayedDemo demo) : IClassFixture<PlayedDemo>
{
    private static readonly Uri Nobody = new("http://127.0.0.1:1");

    private static readonly (string, string) RealKlaviyo = ("Klaviyo__BaseAddress", "https://a.klaviyo.com");

    [Fact]
    public void Demo_has_one_table_with_an_answer_for_each_webhook_and_says_that_every_event_is_recorded_exactly_once()
    {
        demo.First.IsGood.ShouldBeTrue(Table(demo.First));
        var table = Table(demo.First);

        table.ShouldContain("All 22 events were recorded exactly once. All 200 rows ended in the buckets where they should.");
        table.ShouldContain("The card of kustomer-jane says what Klaviyo has.");
        demo.First.Insight.ShouldNotBeNull().Parts.ShouldContain(("lists", "NwsLt1, VipEa1", "NwsLt1, VipEa1"));
        table.ShouldContain("The campaign whose answers were lost was made once and sent once.");
        table.ShouldContain("200 ignored");
        table.ShouldNotContain('\u001b');
        var lines = table.Split('\n');
        lines.Count(line => line.Contains("Webhook ", StringComparison.Ordinal) && line.Contains("What Klaviyo recorded", StringComparison.Ordinal)).ShouldBe(1);
        lines.Count(line => line.Contains("\u2502 20", StringComparison.Ordinal)).ShouldBe(18 + 2 + 5);
        lines.Count(line => line.Contains("bad-", StringComparison.Ordinal)).ShouldBe(6);
    }

    [Fact]
    public void Flow_mails_a_customer_in_conversation_until_it_has_the_filter()
    {
        demo.First.Flow.ShouldBe(new FlowAnswer("john@klaviyo-demo.com", 1, true, 0, false));

        Table(demo.First).ShouldContain("A flow without the filter: 1 message to john@klaviyo-demo.com in conversation, and the audit names it.");
        Table(demo.First with { Flow = new FlowAnswer("john@klaviyo-demo.com", 1, true, 1, false) }).ShouldContain("With the filter: 1 messages");
        (demo.First with { Flow = new FlowAnswer("john@klaviyo-demo.com", 1, true, 1, false) }).IsGood.ShouldBeFalse();
    }

    [Fact]
    public void Demo_can_be_run_again_and_uses_the_developers_own_addresses_when_the_simulator_does()
    {
        demo.Second.IsGood.ShouldBeTrue(Table(demo.Second));

        Table(demo.Second).ShouldContain("you+john@your-shop.com");
    }

    [Fact]
    public void Demo_tells_its_progress_in_plain_lines_and_on_a_terminal_by_bars()
    {
        demo.Lines.ShouldStartWith("Webhooks sent: 18 of 18\nEvents recorded: ");
        demo.Lines.ShouldEndWith("Events recorded: 22 of 22\nRows accounted for: 150 of 200\nRows accounted for: 200 of 200\n");
        demo.Bars.ShouldContain("Webhooks sent 18 of 18");
        demo.Bars.ShouldContain("Events recorded 22 of 22");
        demo.Bars.ShouldContain("Rows accounted for 200 of 200");
        demo.Bars.ShouldContain('\u2501');
    }

    [Theory]
    [InlineData("missing", "'reopened conversation in Gladly' for john@klaviyo-demo.com: missing.")]
    [InlineData("doubled", "'reopened conversation in Gladly' for john@klaviyo-demo.com: recorded more than once.")]
    [InlineData("unexpected", "'Surprise' for john@klaviyo-demo.com: not expected.")]
    [InlineData("changed", "'reopened conversation in Gladly' for john@klaviyo-demo.com: has other properties.")]
    public void Demo_names_what_is_not_as_expected(string fault, string problem)
    {
        var result = WithReopened(reopened => fault switch
        {
            "missing" => [],
            "doubled" => [reopened, reopened],
            "unexpected" => [reopened, reopened with { Metric = "Surprise" }],
            _ => [reopened with { Properties = new Dictionary<string, string> { ["subject"] = "\"private\"" } }],
        });

        result.IsGood.ShouldBeFalse();
        Table(result).ShouldContain(problem);
    }

    [Fact]
    public void Demo_tells_as_json_what_was_posted_and_recorded()
    {
        var json = JsonNode.Parse(DemoJson.Write(WithReopened(_ => [])));

        (json?["ok"]?.GetValue<bool>(), json?["compared"]?.GetValue<bool>()).ShouldBe((false, true));
        json?["summary"]?.GetValue<string>().ShouldBe("21 of 22 events were recorded as expected.");
        json?["problems"]?.AsArray().Select(problem => problem?.GetValue<string>()).ShouldBe(["'reopened conversation in Gladly' for john@klaviyo-demo.com: missing."]);
        var webhooks = json?["webhooks"]?.AsArray() ?? [];
        webhooks.Count.ShouldBe(18);
        webhooks[0]?.ToJsonString().ShouldBe("""{"connection":"gladly","event":"PING","customer":"","status":200,"ok":true,"events":[]}""");
        webhooks[9]?["events"]?.ToJsonString().ShouldBe(
            """[{"metric":"reopened conversation in Gladly","email":"john@klaviyo-demo.com","times":0,"problem":"missing"}]""");
        webhooks[3]?["events"]?.AsArray().Select(one => one?["times"]?.GetValue<int>()).ShouldBe([1, 1, 1]);
        json?["campaign"]?[1]?.ToJsonString().ShouldBe("""{"asked":"make it again","expected":"200 draft, the same","found":"200 draft, the same","isGood":true}""");
        webhooks.Sum(webhook => webhook?["events"]?.AsArray().Count).ShouldBe(22);
    }

    [Fact]
    public async Task Demo_says_so_when_the_relay_refuses_the_credentials() =>
        Table(await PlayAsync(demo.Addresses, ("Secrets__gladlyPassword", "wrong"))).ShouldContain("10 webhooks were not answered as expected.");

    [Fact]
    public async Task Demo_compares_nothing_when_the_relay_sends_to_the_real_klaviyo()
    {
        await using var simulator = SimulatorApp.Build(["--urls", "http://127.0.0.1:0", "--Simulator:CustomerEmail", "you@your-shop.com"]);
        await simulator.StartAsync(TestContext.Current.CancellationToken);

        var result = await PlayAsync(demo.Addresses with { Simulator = new Uri(simulator.Urls.Single()) }, RealKlaviyo);

        result.IsGood.ShouldBeTrue();
        Table(result).ShouldContain("look in Klaviyo");
        Table(result).ShouldContain("What Klaviyo should record");
    }

    [Fact]
    public async Task Demo_posts_nothing_to_the_real_klaviyo_while_the_customers_addresses_are_made_up() =>
        (await Should.ThrowAsync<SimulatorSetupException>(PlayAsync(demo.Addresses, RealKlaviyo))).Message.ShouldContain("set Simulator__CustomerEmail to an address of yours");

    [Fact]
    public async Task Demo_says_what_to_start_when_the_relay_or_the_simulator_does_not_answer()
    {
        (await Should.ThrowAsync<SimulatorSetupException>(PlayAsync(demo.Addresses with { Relay = Nobody }))).Message.ShouldContain($"The relay doesn't answer at {Nobody}");
        (await Should.ThrowAsync<SimulatorSetupException>(PlayAsync(demo.Addresses with { Simulator = Nobody }))).Message.ShouldContain($"The simulator doesn't answer at {Nobody}");
    }

    private static string Table(DemoResult result)
    {
        var output = PlayedDemo.Writer();
        new DemoTable(PlayedDemo.Plain(output)).Write(result);
        return output.ToString();
    }

    /// <summary>The first run, had Klaviyo recorded something else for the conversation that is opened again.</summary>
    private DemoResult WithReopened(Func<RecordedByKlaviyo, IEnumerable<RecordedByKlaviyo>> recorded) => demo.First with
    {
        Comparison = new Comparison(
            demo.First.Answers.SelectMany(answer => answer.Step.Expected),
            [.. demo.First.Comparison.ShouldNotBeNull().Rows.SelectMany(row => row.Recorded).SelectMany(one => one.Metric == "reopened conversation in Gladly" ? recorded(one) : [one])]),
    };

    /// <summary>On a clock that lets every wait pass at once.</summary>
    private Task<DemoResult> PlayAsync(DemoAddresses addresses, params (string Name, string Value)[] differences)
    {
        var output = PlayedDemo.Writer();
        return new DemoPlay(addresses, demo.Settings(differences), new DemoProgress(PlayedDemo.Plain(output), output), new SimulatorClock()).RunAsync(TestContext.Current.CancellationToken);
    }
}
