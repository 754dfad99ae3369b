using System.Text.Json;
using System.Text.Json.Nodes;
using KlaviyoRelay.Tests.Simulator;
using Microsoft.Extensions.Configuration;

namespace KlaviyoRelay.Tests.Cli;

/// <summary><c>relay segments create</c> against the simulator, which checks what it is sent by Klaviyo's reference.</summary>
public sealed class SegmentsVerbTests : RecordsTest
{
    private const string Account = "pk_main";
    private const string InConversation = "In conversation with support (gladly)";

    private IConfiguration Settings => TestSettings.With(
        ("AzureWebJobsStorage", "UseDevelopmentStorage=true"), ("Klaviyo__BaseAddress", $"{Address}klaviyo"), ("Relay__Connections__kustomer__ProfileProperty", "In Kustomer Conversation"));

    [Fact]
    public async Task Dry_run_makes_nothing_and_exits_with_1_as_long_as_something_is_missing()
    {
        var result = await RunAsync("--dry-run");

        result.ExitCode.ShouldBe(1);
        result.Output.ShouldContain(InConversation);
        (await SegmentsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Segments_are_made_once()
    {
        var first = await RunAsync("--yes");
        var second = await RunAsync("--yes");

        first.ExitCode.ShouldBe(0, first.Error);
        first.Error.ShouldBe("Klaviyo computes the members in the background: expect about ten minutes until they are all there.\n");
        second.ShouldSatisfyAllConditions(() => second.ExitCode.ShouldBe(0), () => second.Error.ShouldBeEmpty());
        (await SegmentsAsync()).Select(segment => $"{Attribute(segment, "name")}").ShouldBe(
            [InConversation, "Not in conversation (gladly)", "In conversation with support (kustomer)", "Not in conversation (kustomer)"]);
    }

    [Fact]
    public async Task Guard_comes_in_when_the_metrics_exist_and_the_segment_is_repaired()
    {
        await RunAsync("--yes");
        await SeedAsync("/klaviyo/flows", $$"""[{"key":"{{Account}}","name":"A","status":"draft","metric":"started conversation in Gladly"},{"key":"{{Account}}","name":"B","status":"draft","metric":"reopened conversation in Gladly"}]""");

        var drift = await RunAsync("--yes");
        var repaired = await RunAsync("--yes", "--repair", "--json");

        drift.ExitCode.ShouldBe(1);
        drift.Output.ShouldContain("Its conditions are others. --repair gives it the wanted ones.");
        repaired.ExitCode.ShouldBe(0, repaired.Error);
        using var report = JsonDocument.Parse(repaired.Output);
        report.RootElement.GetProperty("items").EnumerateArray().Select(item => $"{item.GetProperty("name")}: {item.GetProperty("state")}").ShouldBe(
        [
            $"{InConversation}: repaired", "Not in conversation (gladly): repaired", "Unhappy lately (gladly): not-possible",
            "In conversation with support (kustomer): ok", "Not in conversation (kustomer): ok", "Unhappy lately (kustomer): not-possible",
        ]);
        $"{Attribute((await SegmentsAsync()).Single(segment => $"{Attribute(segment, "name")}" == InConversation), "definition")}".ShouldContain("in-the-last");
    }

    [Fact]
    public async Task Segment_that_a_person_changed_stays_so_unless_repair_is_asked_for()
    {
        await RunAsync("--yes");
        var id = Id((await SegmentsAsync()).First());
        await KlaviyoAsync(HttpMethod.Patch, $"/api/segments/{id}", JsonNode.Parse($$$$"""{"data":{"type":"segment","id":"{{{{id}}}}","attributes":{"is_active":false}}}"""), Account);

        var told = await RunAsync("--dry-run");
        await RunAsync("--yes");
        $"{Attribute((await SegmentsAsync()).Single(segment => Id(segment) == id), "is_active")}".ShouldBe("false");
        await RunAsync("--yes", "--repair");

        told.Output.ShouldContain("Klaviyo no longer computes it.");
        $"{Attribute((await SegmentsAsync()).Single(segment => Id(segment) == id), "is_active")}".ShouldBe("true");
    }

    [Fact]
    public async Task Operator_is_asked_and_no_makes_nothing()
    {
        var asked = "";
        var result = await CliRun.RunAsync(() => throw new InvalidOperationException(), TimeProvider.System, ["segments", "create"], (question, _) => Task.FromResult((asked = question).Length == 0), settings: Settings);

        asked.ShouldBe("Create 4 segment(s)? [y/N] ");
        result.ExitCode.ShouldBe(1);
        (await SegmentsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_terminal_it_wants_to_be_told() => (await RunAsync()).ExitCode.ShouldBe(2);

    [Fact]
    public async Task Key_that_may_not_write_fails_and_says_so()
    {
        await SeedAsync("/keys", $$"""{"key":"{{Account}}","scopes":["segments:read","metrics:read"]}""");

        var result = await RunAsync("--yes");

        result.ExitCode.ShouldBe(1);
        result.Output.ShouldContain("failed");
    }

    [Fact]
    public async Task Members_are_those_in_conversation()
    {
        await SeedAsync("/klaviyo/profiles", $$"""[{"key":"{{Account}}","email":"ann@acme-shop.com","properties":{"In Gladly Conversation":true} },{"key":"{{Account}}","email":"bob@acme-shop.com"}]""");
        await RunAsync("--yes");

        var members = Items(await KlaviyoAsync(HttpMethod.Get, $"/api/segments/{Id((await SegmentsAsync()).First())}/profiles", key: Account));

        members.Select(profile => $"{Attribute(profile, "email")}").ShouldBe(["ann@acme-shop.com"]);
    }

    private Task<CliResult> RunAsync(params string[] args) => CliRun.RunAsync(Settings, ["segments", "create", .. args]);

    private async Task<List<JsonNode>> SegmentsAsync() => [.. Items(await KlaviyoAsync(HttpMethod.Get, "/api/segments", key: Account))];
}
