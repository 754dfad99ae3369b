using System.Globalization;
using System.Text.Json;
using KlaviyoRelay.Tests.Simulator;
using Microsoft.Extensions.Configuration;
using static KlaviyoRelay.Tests.Audit.Conditions;

namespace KlaviyoRelay.Tests.Cli;

/// <summary><c>relay leaks</c> against the simulator, which runs the flows.</summary>
public sealed class LeaksVerbTests : RecordsTest
{
    private const string Account = "pk_main";
    private const string Ann = "ann@acme-shop.com";

    private readonly string _state = Path.Combine(Path.GetTempPath(), $"leaks-{Guid.NewGuid():N}.json");

    private IConfiguration Settings => TestSettings.With(("AzureWebJobsStorage", "UseDevelopmentStorage=true"), ("Klaviyo__BaseAddress", $"{Address}klaviyo"));

    [Fact]
    public async Task Flow_without_the_filter_leaks_and_with_it_nothing_more_does()
    {
        await HappenAsync("started conversation in Gladly", Ann, inConversation: true);
        await AddFlowAsync("F1", "Abandoned cart", Flow(null, Email("1", "2", isTransactional: true), Email("2", null)));
        Clock.Advance(TimeSpan.FromMinutes(10));
        await RunFlowAsync("F1", Ann);
        Clock.Advance(TimeSpan.FromMinutes(10));

        var before = await LeaksAsync("--json");
        await AddFlowAsync("F1", "Abandoned cart", Flow(Filter([IsFalse, NotSet]), Email("1", "2", isTransactional: true), Email("2", null)));
        await RunFlowAsync("F1", Ann);
        Clock.Advance(TimeSpan.FromMinutes(10));
        var after = await LeaksAsync();

        before.ExitCode.ShouldBe(1);
        using var report = JsonDocument.Parse(before.Output);
        report.RootElement.GetProperty("messages").GetInt32().ShouldBe(1);
        report.RootElement.GetProperty("items").EnumerateArray().Select(item => $"{item.GetProperty("name")}, {item.GetProperty("message")}: {item.GetProperty("nature")}, {item.GetProperty("messages")}")
            .ShouldBe(["Abandoned cart, Email 2: marketing, 1", "Abandoned cart, Email 1: transactional, 1"]);
        before.Output.ShouldNotContain("@");
        after.Output.ShouldContain("Z: 1 marketing message to 1 customer in conversation. 1 conversation began, 2 messages went out.");
        File.Exists(_state).ShouldBeFalse();
    }

    [Fact]
    public async Task Nothing_leaks_to_a_customer_whose_conversation_is_closed()
    {
        await HappenAsync("started conversation in Gladly", Ann, inConversation: true);
        await HappenAsync("closed conversation in Gladly", Ann, inConversation: false);
        await AddFlowAsync("F1", "Abandoned cart", Flow(null, Email("1", null)));
        Clock.Advance(TimeSpan.FromMinutes(10));
        await RunFlowAsync("F1", Ann);

        (await LeaksAsync()).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Campaign_leaks_to_those_that_its_audience_does_not_leave_out()
    {
        await HappenAsync("started conversation in Gladly", Ann, inConversation: true);
        await SeedAsync("/klaviyo/segments", $$"""[{"key":"{{Account}}","id":"S1","name":"Everyone with a flag","definition":{{Filter([IsSet])}}}]""");
        await SeedAsync("/klaviyo/campaigns", $$"""[{"key":"{{Account}}","id":"C1","name":"Summer sale","included":["S1"]}]""");
        Clock.Advance(TimeSpan.FromMinutes(1));
        await SeedAsync("/klaviyo/campaigns/send", $$"""[{"key":"{{Account}}","id":"C1"}]""");
        Clock.Advance(TimeSpan.FromMinutes(1));

        var result = await LeaksAsync();

        result.ExitCode.ShouldBe(1);
        result.Output.ShouldContain("Summer sale");
    }

    [Fact]
    public async Task Flow_that_the_closing_starts_is_told_apart()
    {
        await HappenAsync("closed conversation in Gladly", Ann, inConversation: false);
        await HappenAsync("started conversation in Gladly", Ann, inConversation: true);
        var metric = Items(await KlaviyoAsync(HttpMethod.Get, "/api/metrics", key: Account)).First();
        await AddFlowAsync("F1", "How was it", FlowBy(Id(metric), null, Email("1", null)));
        Clock.Advance(TimeSpan.FromMinutes(10));
        await RunFlowAsync("F1", Ann);
        Clock.Advance(TimeSpan.FromMinutes(10));

        var result = await LeaksAsync();

        result.ExitCode.ShouldBe(0);
        result.Output.ShouldContain("by our own events");
    }

    [Fact]
    public async Task Search_that_was_broken_off_goes_on_where_it_was()
    {
        await HappenAsync("started conversation in Gladly", Ann, inConversation: true);
        Clock.Advance(TimeSpan.FromMinutes(10));
        await SeedAsync("/klaviyo/messages", $$"""[{"key":"{{Account}}","email":"{{Ann}}","message":"M1","name":"Sale"}]""");
        Clock.Advance(TimeSpan.FromMinutes(10));
        // The first days go well.
        var fault = await FaultAsync("""{"target":"klaviyo","path":"/api/events","status":403,"everyNth":12}""");

        var broken = await LeaksAsync();
        await ControlAsync(HttpMethod.Delete, $"/faults/{fault["id"]}");
        var whole = await LeaksAsync();

        (broken.ExitCode, broken.Output).ShouldBe((1, ""));
        broken.Error.ShouldContain("Run the command again, and it goes on.");
        whole.Error.ShouldStartWith("Goes on from 2026-");
        whole.ExitCode.ShouldBe(1);
        whole.Output.ShouldContain("1 marketing message to 1 customer in conversation. 1 conversation began, 1 message went out.");
    }

    [Fact]
    public async Task Another_time_begins_anew()
    {
        await File.WriteAllTextAsync(_state, """{"since":"30d","state":{"account":"main","since":"2026-06-20T10:00:00Z","until":"2026-07-20T10:00:00Z","at":"2026-07-19T10:00:00Z","messages":7}}""", TestContext.Current.CancellationToken);

        var result = await LeaksAsync();

        result.Error.ShouldNotContain("Goes on");
        result.Output.ShouldContain(" 0 messages went out.");
    }

    [Fact]
    public async Task Senseless_time_exits_with_2() => (await LeaksAsync("--since", "soon")).ExitCode.ShouldBe(2);

    private Task<CliResult> LeaksAsync(params string[] args) =>
        CliRun.RunAsync(() => throw new InvalidOperationException(), Clock, ["leaks", "--state", _state, .. args], settings: Settings);

    private async Task HappenAsync(string metric, string email, bool inConversation)
    {
        var time = Clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var body = EventBodies.Single(email, $"{metric} {time}").With($"{EventBodies.Metric}/name", metric).With($"{EventBodies.Attributes}/time", time).With($"{EventBodies.Profile}/properties/In Gladly Conversation", inConversation);
        var answer = await PostEventAsync(body, Account);
        answer.Status.ShouldBe(202, answer.Text);
        Clock.Advance(TimeSpan.FromSeconds(1));
    }

    private Task RunFlowAsync(string flow, string email) => SeedAsync("/klaviyo/flows/run", $$"""[{"key":"{{Account}}","flow":"{{flow}}","email":"{{email}}"}]""");

    private Task AddFlowAsync(string id, string name, string definition) =>
        SeedAsync("/klaviyo/flows", $$"""[{"key":"{{Account}}","id":"{{id}}","name":"{{name}}","definition":{{definition}}}]""");
}
