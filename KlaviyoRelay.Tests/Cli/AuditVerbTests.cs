using System.Text.Json;
using KlaviyoRelay.Tests.Simulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using static KlaviyoRelay.Tests.Audit.Conditions;

namespace KlaviyoRelay.Tests.Cli;

/// <summary><c>relay audit</c> against the simulator.</summary>
public sealed class AuditVerbTests : RecordsTest
{
    private const string Account = "pk_main";
    private const string Nobody = "http://127.0.0.1:1/";

    private IConfiguration Settings => TestSettings.With(
        ("AzureWebJobsStorage", "UseDevelopmentStorage=true"), ("Klaviyo__BaseAddress", $"{Address}klaviyo"), ("Relay__Connections__kustomer__ProfileProperty", "In Kustomer Conversation"));

    [Fact]
    public async Task Unprotected_flow_exits_with_1_and_the_filter_makes_it_0()
    {
        await AddFlowAsync("F1", "Abandoned cart", Flow(null, Email("1", null)));
        await AddFlowAsync("F2", "Order confirmation", Flow(null, Email("1", null, isTransactional: true)));

        var before = await AuditAsync();
        await AddFlowAsync("F1", "Abandoned cart", Flow(Filter([IsFalse, NotSet], [KustomerIsFalse]), Email("1", null)));
        var after = await AuditAsync();

        before.ExitCode.ShouldBe(1);
        before.Output.ShouldContain("Abandoned cart");
        before.Output.ShouldContain("Email 1: A customer in conversation (gladly, kustomer) gets them. Add to the flow's profile filters");
        before.Output.ShouldEndWith("main: 2 looked at, 1 unprotected, 0 unknown. Conversations of gladly, kustomer.\n");
        after.ShouldSatisfyAllConditions(() => after.ExitCode.ShouldBe(0), () => after.Output.ShouldEndWith("main: 2 looked at, 0 unprotected, 0 unknown. Conversations of gladly, kustomer.\n"));
    }

    [Fact]
    public async Task Draft_and_archived_flows_are_left_out_and_campaigns_of_every_channel_are_not()
    {
        await AddFlowAsync("F1", "Idea", Flow(null, Email("1", null)), "\"status\":\"draft\",");
        await AddFlowAsync("F2", "Old", Flow(null, Email("1", null)), "\"archived\":true,");
        await SeedAsync("/klaviyo/segments", $$"""[{"key":"{{Account}}","id":"S1","name":"Not in conversation","definition":{{Filter([IsFalse, NotSet], [KustomerIsFalse])}}},{"key":"{{Account}}","id":"S2","name":"Wrapped","definition":{{Filter([Membership(true, "S1")])}}}]""");
        await SeedAsync(
            "/klaviyo/campaigns",
            $$"""
            [{"key":"{{Account}}","id":"C1","name":"Sale","included":["S2"]},{"key":"{{Account}}","id":"C2","name":"News","channel":"sms","included":["L1"],"excluded":["L2"]},
            {"key":"{{Account}}","id":"C3","name":"Sent","status":"Sent","included":["L1"]},{"key":"{{Account}}","id":"C4","name":"App","channel":"mobile_push","included":["L1"]}]
            """);

        var result = await AuditAsync("--json");

        using var report = JsonDocument.Parse(result.Output);
        report.RootElement.GetProperty("ok").GetBoolean().ShouldBeFalse();
        report.RootElement.GetProperty("items").EnumerateArray().Select(item => $"{item.GetProperty("kind")} {item.GetProperty("name")} {item.GetProperty("verdict")}")
            .ShouldBe(["sms News unprotected", "mobile_push App unprotected", "email Sale protected"]);
    }

    [Fact]
    public async Task Flow_that_the_relays_own_event_starts_is_no_fault()
    {
        await SeedAsync("/klaviyo/flows", $$"""[{"key":"{{Account}}","id":"F0","name":"Idea","status":"draft","metric":"closed conversation in Gladly"}]""");
        var metric = Items(await KlaviyoAsync(HttpMethod.Get, "/api/metrics", key: Account)).Single();
        await AddFlowAsync("F1", "How was it", FlowBy(Id(metric), null, Email("1", null)));

        var result = await AuditAsync();

        result.ExitCode.ShouldBe(0);
        result.Output.ShouldContain("by our own events");
        result.Output.ShouldContain("`closed conversation in Gladly` starts it");
    }

    [Fact]
    public async Task Progress_goes_beside_the_result()
    {
        for (var flow = 0; flow < 21; flow++)
        {
            await AddFlowAsync($"F{flow}", $"Flow {flow}", Flow(null, Email("1", null, isTransactional: true)));
        }

        var result = await AuditAsync();

        result.Error.ShouldStartWith("Flows read: 20 of 21\nFlows read: 21 of 21\n");
    }

    [Fact]
    public async Task Lateness_is_never_made_up() =>
        (await AuditAsync()).Error.ShouldBe($"Lateness is not known: no relay answers at {Nobody}; docs/audit.md has the query for Application Insights.\n");

    [Theory]
    [InlineData(200, """{"since":"2026-07-20T10:00:00Z","events":25,"p50":0.21,"p99":3.4}""", "Lateness, from a webhook's acceptance to Klaviyo's: p50 0.21 s, p99 3.4 s, of 25 events since 2026-07-20 10:00:00Z.\n")]
    [InlineData(404, """{"error":"No event"}""", "has recorded no event of this account since its start.\n")]
    [InlineData(403, """{"error":"No"}""", "answered 403, and not as a relay on this machine does; docs/audit.md has the query for Application Insights.\n")]
    public async Task Lateness_is_what_the_relay_on_this_machine_says(int status, string body, string said)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var relay = builder.Build();
        relay.MapGet("/dashboard/lateness", () => Results.Content(body, "application/json", statusCode: status));
        await relay.StartAsync(TestContext.Current.CancellationToken);

        (await CliRun.RunAsync(Settings, "audit", "--relay", relay.Urls.First())).Error.ShouldEndWith(said);
    }

    [Fact]
    public async Task Key_without_the_scopes_exits_with_1_and_names_them()
    {
        await SeedAsync("/keys", $$"""{"key":"{{Account}}","scopes":["events:write","metrics:read"]}""");

        var result = await AuditAsync();

        (result.ExitCode, result.Output).ShouldBe((1, ""));
        result.Error.ShouldEndWith("The key needs flows:read, campaigns:read, segments:read and metrics:read (docs/audit.md).\n");
    }

    [Fact]
    public async Task Unknown_account_exits_with_2_and_names_the_known_ones() =>
        (await AuditAsync("--account", "mian")).ShouldBe(new CliResult(2, "", "--account is 'mian': it should be an account that a connection feeds, one of main.\n"));

    private static string KustomerIsFalse => Property("In Kustomer Conversation", """{"type":"boolean","operator":"equals","value":false}""");

    private Task<CliResult> AuditAsync(params string[] args) => CliRun.RunAsync(Settings, ["audit", "--relay", Nobody, .. args]);

    private Task AddFlowAsync(string id, string name, string definition, string more = "") =>
        SeedAsync("/klaviyo/flows", $$"""[{"key":"{{Account}}","id":"{{id}}","name":"{{name}}",{{more}}"definition":{{definition}}}]""");
}
