using KlaviyoRelay.Core.Audit;
using KlaviyoRelay.Core.Audit.Weekly;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Telemetry;
using KlaviyoRelay.Functions;
using KlaviyoRelay.Tests.Audit;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace KlaviyoRelay.Tests.Functions;

public sealed class AuditAccountTests : IDisposable
{
    private const string None = """{"data":[]}""";

    private readonly RelayFixture _relay = new();

    public AuditAccountTests()
    {
        // Another integration's metric may have the name of one of the relay's.
        _relay.Klaviyo.On(HttpMethod.Get, "/api/metrics", request => request.Address.Query.Contains("integration.name", StringComparison.Ordinal)).Reply(200, None);
        _relay.Klaviyo.On(HttpMethod.Get, "/api/campaigns").Reply(200, None);
    }

    public void Dispose() => _relay.Dispose();

    [Fact]
    public async Task Audit_is_200_with_a_verdict_for_each_flow()
    {
        HasFlows("F1", "F2");
        _relay.Klaviyo.On(HttpMethod.Get, "/api/flows/F1").Reply(200, $$"""{"data":{"id":"F1","attributes":{"name":"F1","definition":{{Conditions.Flow(null, Conditions.Email("1", null))}} } } }""");
        // It was deleted meanwhile.
        _relay.Klaviyo.On(HttpMethod.Get, "/api/flows/F2").Reply(404);

        var answer = await AnswerAsync("main");

        answer.Status.ShouldBe(200);
        answer.Members.ShouldBe(["account", "connections", "ok", "unprotected", "unread", "at", "lateness", "unknown", "items"], ignoreOrder: true);
        answer.Json.GetProperty("ok").GetBoolean().ShouldBeFalse();
        answer.Json.GetProperty("items").EnumerateArray().Select(item => $"{item.GetProperty("id")} {item.GetProperty("verdict")}").ShouldBe(["F1 unprotected", "F2 unknown"]);
    }

    [Fact]
    public async Task Flow_without_a_definition_is_never_called_protected()
    {
        HasFlows("F1");
        _relay.Klaviyo.On(HttpMethod.Get, "/api/flows/F1").Reply(200, """{"data":{"id":"F1","attributes":{"name":"F1","definition":null}}}""");

        var answer = await AnswerAsync("main");

        answer.Json.GetProperty("items").EnumerateArray().Single().GetProperty("verdict").GetString().ShouldBe("unknown");
    }

    [Fact]
    public async Task Segment_without_conditions_is_never_called_a_protection()
    {
        HasFlows("F1");
        _relay.Klaviyo.On(HttpMethod.Get, "/api/flows/F1").Reply(200, $$"""{"data":{"id":"F1","attributes":{"definition":{{Conditions.Flow(Conditions.Filter([Conditions.Membership(false, "S1")]), Conditions.Email("1", null))}} } } }""");
        _relay.Klaviyo.On(HttpMethod.Get, "/api/segments").Reply(200, """{"data":[{"id":"S1","attributes":{"name":"Everyone","definition":{"condition_groups":[]}}}]}""");

        var answer = await AnswerAsync("main");

        answer.Json.GetProperty("items").EnumerateArray().Single().GetProperty("reason").GetString().ShouldBe("Can't be judged: the segment `Everyone`, of which Klaviyo tells no conditions.");
    }

    [Fact]
    public async Task Audit_is_503_when_the_key_lacks_a_scope()
    {
        _relay.Klaviyo.On(HttpMethod.Get, "/api/flows").Reply(403);

        (await AnswerAsync("main")).Status.ShouldBe(503);
    }

    [Fact]
    public async Task Audit_is_404_and_names_the_accounts_when_there_is_none_of_the_name()
    {
        var answer = await AnswerAsync("mian");

        answer.Status.ShouldBe(404);
        answer.Text("detail").ShouldBe("There is no account of this name that a connection feeds. There are: main.");
    }

    [Fact]
    public async Task Weekly_audit_is_404_before_the_first_and_says_what_to_set()
    {
        var answer = await AnswerAsync("main", "?weekly=true", new InMemoryAuditStore());

        answer.Status.ShouldBe(404);
        answer.Text("detail").ShouldBe("There is no weekly audit of this account yet: set Relay__Accounts__main__AuditKeySecret, and wait for an hour.");
    }

    [Fact]
    public async Task Weekly_audit_is_given_as_it_was_kept()
    {
        var store = new InMemoryAuditStore();
        await store.WriteAsync("main", new AuditRecord { Last = new AuditReport("main", ["gladly"], []) { At = TestClock.Start } }, TestContext.Current.CancellationToken);

        var answer = await AnswerAsync("main", "?weekly=true", store);

        answer.Status.ShouldBe(200);
        answer.Json.GetProperty("at").GetDateTimeOffset().ShouldBe(TestClock.Start);
    }

    [Fact]
    public async Task Weekly_audit_is_503_without_storage() => (await AnswerAsync("main", "?weekly=true", new MissingAuditStore("Set it."))).Status.ShouldBe(503);

    private void HasFlows(params IEnumerable<string> ids) => _relay.Klaviyo.On(HttpMethod.Get, "/api/flows").Reply(
        200, $$"""{"data":[{{string.Join(',', ids.Select(id => $$$"""{"id":"{{{id}}}","attributes":{"name":"{{{id}}}","status":"live","archived":false}}"""))}}]}""");

    private async Task<WrittenAnswer> AnswerAsync(string account, string query = "", IAuditStore? store = null)
    {
        var context = new DefaultHttpContext();
        context.Request.QueryString = new QueryString(query);
        var weekly = new WeeklyAudit(_relay.Get<AccountAudit>(), _relay.Get<KlaviyoAccounts>(), store ?? new MissingAuditStore(""), _relay.Get<RelayMetrics>(), _relay.Clock, NullLogger<WeeklyAudit>.Instance);
        return await WrittenAnswer.Of(await new AuditAccount(_relay.Get<AccountAudit>(), weekly, _relay.Get<LatenessMeter>()).RunAsync(context.Request, account, TestContext.Current.CancellationToken));
    }
}
