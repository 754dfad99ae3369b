using KlaviyoRelay.Core.Audit;
using KlaviyoRelay.Core.Audit.Segments;
using KlaviyoRelay.Functions;
using Microsoft.AspNetCore.Http;

namespace KlaviyoRelay.Tests.Functions;

public sealed class CreateSegmentsTests : IDisposable
{
    private const string Segments = "/api/segments";

    private readonly RelayFixture _relay = new(("Relay__Connections__kustomer__Account", "second"), ("Relay__Accounts__second__PrivateKeySecret", "klaviyoKey"));

    public CreateSegmentsTests()
    {
        _relay.Klaviyo.On(HttpMethod.Get, "/api/metrics").Reply(200, """{"data":[]}""");
        // One is there, with other conditions.
        _relay.Klaviyo.On(HttpMethod.Get, Segments).Reply(200, """{"data":[{"id":"S1","attributes":{"name":"Not in conversation (gladly)","is_active":true,"definition":{"condition_groups":[]}}}]}""");
    }

    public void Dispose() => _relay.Dispose();

    [Fact]
    public async Task Dry_run_tells_what_is_missing_and_writes_nothing()
    {
        var answer = await AnswerAsync("main", "?dryRun=true");

        answer.Status.ShouldBe(200);
        States(answer).ShouldBe(["missing", "differs", "not-possible"]);
    }

    [Fact]
    public async Task Missing_segment_is_made_and_one_that_differs_is_left_as_it_is()
    {
        var create = _relay.Klaviyo.On(HttpMethod.Post, Segments).Reply(201, """{"data":{"id":"S2","attributes":{}}}""");

        var answer = await AnswerAsync("main", "");

        States(answer).ShouldBe(["created", "differs", "not-possible"]);
        create.Count.ShouldBe(1);
        answer.Json.GetProperty("items")[0].GetProperty("id").GetString().ShouldBe("S2");
    }

    [Fact]
    public async Task Segment_that_differs_is_repaired_when_that_is_asked_for()
    {
        _relay.Klaviyo.On(HttpMethod.Post, Segments).Reply(201, """{"data":{"id":"S2","attributes":{}}}""");
        _relay.Klaviyo.On(HttpMethod.Patch, $"{Segments}/S1").Reply(200, """{"data":{"id":"S1","attributes":{}}}""");

        States(await AnswerAsync("main", "?repair=true")).ShouldBe(["created", "repaired", "not-possible"]);
    }

    [Fact]
    public async Task What_Klaviyo_does_not_take_is_told_with_its_words()
    {
        _relay.Klaviyo.On(HttpMethod.Post, Segments).Reply(400, """{"errors":[{"code":"invalid","title":"Invalid input.","detail":"Too many segments."}]}""");

        var answer = await AnswerAsync("main", "");

        States(answer)[0].ShouldBe("failed");
        $"{answer.Json.GetProperty("items")[0].GetProperty("detail")}".ShouldContain("Too many segments.");
    }

    [Theory]
    [InlineData("mian", "", 404)]
    [InlineData("main", "?repair=perhaps", 400)]
    public async Task Wrong_request_is_refused_and_nothing_is_asked(string account, string query, int status)
    {
        (await AnswerAsync(account, query)).Status.ShouldBe(status);

        _relay.Klaviyo.Requests.ShouldBeEmpty();
    }

    private static List<string?> States(WrittenAnswer answer) => [.. answer.Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("state").GetString())];

    private async Task<WrittenAnswer> AnswerAsync(string account, string query)
    {
        var context = new DefaultHttpContext();
        context.Request.QueryString = new QueryString(query);
        return await WrittenAnswer.Of(await new CreateSegments(_relay.Get<AccountAudit>(), _relay.Get<AccountSegments>(), _relay.Clock).RunAsync(context.Request, account, TestContext.Current.CancellationToken));
    }
}
