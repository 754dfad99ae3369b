using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Tests.Http;

/// <summary>Only what a far end says in its own form is its verdict. Pages of firewalls, proxies and logins are none.</summary>
public sealed class ForeignAnswerTests : IDisposable
{
    private const string Page = "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>";
    private const string ProblemDetails = """{"type":"about:blank","title":"Bad Request","status":400,"errors":{"email":["Not valid."]}}""";

    private readonly RelayFixture _relay = new();

    public static TheoryData<int, string, string> Foreign { get; } = new()
    {
        { 200, "", "text/plain" },
        { 200, Page, "text/html" },
        { 200, """{"data":[]}""", "application/json" },
        { 201, "", "text/plain" },
        { 202, Page, "text/html" },
        { 202, "OK", "text/plain" },
        { 204, "", "text/plain" },
        { 302, "", "text/plain" },
        { 307, Page, "text/html" },
        { 400, Page, "text/html" },
        { 400, Page, "application/vnd.api+json" },
        { 400, "error code: 1020", "text/plain" },
        { 400, ProblemDetails, "application/problem+json" },
        { 400, """{"errors":[]}""", "application/json" },
        { 401, Page, "text/html" },
        { 401, "", "text/plain" },
        { 403, "error code: 1020", "text/plain" },
        { 403, Page, "text/html" },
        { 403, """{"message":"Forbidden"}""", "application/json" },
        { 404, Page, "text/html" },
        { 405, "", "text/plain" },
        { 407, Page, "text/html" },
        { 409, "null", "application/json" },
        { 410, Page, "text/html" },
        { 413, Page, "text/html" },
        { 451, Page, "text/html" },
    };

    public void Dispose() => _relay.Dispose();

    [Theory]
    [MemberData(nameof(Foreign))]
    public async Task Event_waits_as_unavailable_when_something_else_answers(int status, string body, string contentType)
    {
        var events = _relay.Klaviyo.On(HttpMethod.Post, StubApiExtensions.Events).Reply(status, body, contentType);

        await _relay.RelayAsync(Message("e1", "ann@shop.example"));

        events.Count.ShouldBe(3);
        _relay.Queue.Rejected.ShouldBeEmpty();
        var letter = _relay.Queue.Throttled.ShouldHaveSingleItem();
        letter.Reason.ShouldBe(DeadLetterReason.Unavailable);
        letter.Detail.ShouldStartWith($"{status} came in the place of Klaviyo's answer");
    }

    [Theory]
    [MemberData(nameof(Foreign))]
    public async Task Bulk_job_waits_as_unavailable_when_something_else_answers(int status, string body, string contentType)
    {
        using var relay = new RelayFixture(("Relay__Delivery__BulkThreshold", "4"));
        relay.Klaviyo.On(HttpMethod.Post, "/api/event-bulk-create-jobs").Reply(status, body, contentType);

        await relay.RelayAsync([.. Enumerable.Range(0, 64).Select(number => Message($"e{number}", $"customer{number}@shop.example"))]);

        relay.Klaviyo.EventRequests().Count.ShouldBeLessThan(20);
        relay.Queue.Rejected.ShouldBeEmpty();
        relay.Queue.Throttled.Count.ShouldBe(64);
        relay.Queue.Throttled.ShouldAllBe(letter => letter.Reason == DeadLetterReason.Unavailable);
    }

    [Fact]
    public async Task Edge_page_closes_no_account_for_the_batch()
    {
        _relay.Klaviyo.OnEventFor("ann@shop.example").Reply(403, "error code: 1020", "text/plain");
        var bob = _relay.Klaviyo.OnEventFor("bob@shop.example").Reply(202);

        await _relay.RelayAsync(Message("e1", "ann@shop.example"), Message("e2", "bob@shop.example"));

        bob.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n")]
    [InlineData("{}")]
    [InlineData("""{"meta":{"agent_hints":{}}}""")]
    public async Task Event_is_delivered_with_202_whether_its_body_is_empty_or_json(string body)
    {
        _relay.Klaviyo.On(HttpMethod.Post, StubApiExtensions.Events).Reply(202, body);

        await _relay.RelayAsync(Message("e1", "ann@shop.example"));

        _relay.Logs.Lines.ShouldContain(line => line.Contains("1 delivered, 0 skipped, 0 dead-lettered"));
    }

    [Fact]
    public async Task Wait_that_something_else_asks_for_is_kept()
    {
        _relay.Klaviyo.On(HttpMethod.Post, StubApiExtensions.Events).Reply(403, Page, "text/html", retryAfter: 30).Then(202);

        await _relay.RelayAsync(Message("e1", "ann@shop.example"));

        _relay.Clock.Elapsed.ShouldBe(TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData(410, """{"errors":[{"code":"gone","title":"Gone.","detail":"This revision is retired."}]}""")]
    [InlineData(404, """{"errors":[{"code":"not_found","title":"Not found.","detail":"No valid revisions found for method"}]}""")]
    public async Task Retired_revision_is_a_reason_of_its_own_for_the_account_as_a_whole(int status, string body)
    {
        var events = _relay.Klaviyo.On(HttpMethod.Post, StubApiExtensions.Events).Reply(status, body);

        await _relay.RelayAsync(Message("e1", "ann@shop.example"), Message("e2", "bob@shop.example"));

        events.Count.ShouldBe(1);
        _relay.Queue.Rejected.Count.ShouldBe(2);
        _relay.Queue.Rejected.ShouldAllBe(letter => letter.Reason == DeadLetterReason.Outdated && letter.Detail.EndsWith("Update the relay: Klaviyo no longer serves the revision 2026-07-15 of its API."));
    }

    [Fact]
    public async Task Every_request_to_klaviyo_opts_out_of_another_revision()
    {
        using var relay = new RelayFixture(("Relay__Connections__gladly__CreateProfiles", "false"));
        relay.Klaviyo.HasProfiles("ann@shop.example");
        relay.Klaviyo.AcceptsEvents();

        await relay.RelayAsync(Message("e1", "ann@shop.example"));

        relay.Klaviyo.Requests.Count.ShouldBe(2);
        relay.Klaviyo.Requests.ShouldAllBe(request => request.Headers["X-Klaviyo-Revision-Fall-Forward-Opt-Out"] == "1");
    }

    private static RelayMessageBuilder Message(string id, string email) => new RelayMessageBuilder().Id(id).Retried(0, TestClock.Start, email);
}
