namespace KlaviyoRelay.Tests.Simulator;

public sealed class FlowTriggerTests : RecordsTest
{
    [Fact]
    public async Task Flows_that_a_list_starts_have_their_names()
    {
        await SeedAsync("/klaviyo/lists", $$"""[{"key":"{{Key}}","id":"L1","name":"Newsletter"},{"key":"{{Key}}","id":"L2","name":"Quiet"}]""");
        await SeedAsync("/klaviyo/flows", $$"""[{"key":"{{Key}}","id":"F1","name":"Welcome","status":"draft","list":"L1"}]""");

        var flow = Items(await GetAsync("/api/lists/L1/flow-triggers")).Single();

        Id(flow).ShouldBe("F1");
        flow["attributes"]?.ToJsonString().ShouldBe(
            """
            {"name":"Welcome","status":"draft","archived":false,"created":"2026-07-20T10:00:00\u002B00:00",
            "updated":"2026-07-20T10:00:00\u002B00:00","trigger_type":"Added to List"}
            """.ReplaceLineEndings(""));
        Items(await GetAsync("/api/lists/L1/relationships/flow-triggers")).Select(Id).ShouldBe(["F1"]);
        Items(await GetAsync("/api/lists/L2/flow-triggers")).ShouldBeEmpty();
        (await GetAsync("/api/lists/L3/flow-triggers")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Flows_that_a_metric_starts_are_found_by_the_metric()
    {
        await PostEventAsync(EventBodies.Single());
        await SeedAsync("/klaviyo/flows", $$"""[{"key":"{{Key}}","name":"Complaint","metric":"started conversation in Gladly"}]""");
        var metric = Items(await GetAsync("/api/metrics")).Single();

        Attribute(metric, "name")?.GetValue<string>().ShouldBe("started conversation in Gladly");
        Attribute(metric, "integration")?["name"]?.GetValue<string>().ShouldBe("API");
        var flow = Items(await GetAsync($"/api/metrics/{Id(metric)}/flow-triggers")).Single();
        Attribute(flow, "name")?.GetValue<string>().ShouldBe("Complaint");
        Attribute(flow, "trigger_type")?.GetValue<string>().ShouldBe("Metric");
    }

    [Fact]
    public async Task Metrics_take_no_page_size() => (await GetAsync("/api/metrics?page[size]=10")).Status.ShouldBe(400);
}
