using System.Text.Json.Nodes;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo.Flows;

namespace KlaviyoRelay.Tests.Klaviyo.Flows;

public sealed class FlowClientTests : IDisposable
{
    private readonly RelayFixture _relay = new(SyncSettings.Leads);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private FlowClient Client => _relay.Get<FlowClient>();

    public void Dispose() => _relay.Dispose();

    [Fact]
    public async Task Flow_in_draft_or_in_the_archive_takes_nobody_in()
    {
        _relay.Klaviyo.On(HttpMethod.Get, "/api/lists/LIST01/flow-triggers").Reply(200, Flows(("Welcome", "live", false), ("By hand", "manual", false), ("Idea", "draft", false), ("Old", "live", true)));

        (await Client.NamesOfListAsync(_relay.Account("main"), "LIST01", _relay.Budget, Token)).Value.ShouldBe(["Welcome", "By hand"]);
    }

    [Fact]
    public async Task Flows_of_metrics_are_asked_for_by_the_ids_of_the_metrics()
    {
        _relay.Klaviyo.On(HttpMethod.Get, "/api/metrics").Reply(200, """{"data":[{"id":"m1","attributes":{"name":"Placed Order"}},{"id":"m2","attributes":{"name":"Opened Email"}},{"id":"m3","attributes":{"name":"Returned"}}]}""");
        _relay.Klaviyo.On(HttpMethod.Get, "/api/metrics/m1/flow-triggers").Reply(200, Flows(("Thanks", "live", false)));
        _relay.Klaviyo.On(HttpMethod.Get, "/api/metrics/m3/flow-triggers").Reply(200, Flows(("Sorry", "live", false)));

        var names = await Client.NamesOfMetricsAsync(_relay.Account("main"), new HashSet<string> { "Placed Order", "Returned", "Unheard Of" }, _relay.Budget, Token);

        names.Value.ShouldBe(["Thanks", "Sorry"]);
        _relay.Klaviyo.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Key_without_the_scope_is_a_failure()
    {
        _relay.Klaviyo.On(HttpMethod.Get, "/api/lists/LIST01/flow-triggers").Reply(403);

        (await Client.NamesOfListAsync(_relay.Account("main"), "LIST01", _relay.Budget, Token)).Failure.ShouldNotBeNull().Reason.ShouldBe(DeadLetterReason.Forbidden);
    }

    private static string Flows(params IEnumerable<(string Name, string Status, bool IsArchived)> flows) => new JsonObject
    {
        ["data"] = new JsonArray([.. flows.Select(flow => new JsonObject
        {
            ["id"] = flow.Name,
            ["attributes"] = new JsonObject { ["name"] = flow.Name, ["status"] = flow.Status, ["archived"] = flow.IsArchived },
        })]),
    }.ToJsonString();
}
