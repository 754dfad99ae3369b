using KlaviyoRelay.Core.Conversations.Relaying;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Klaviyo.Events;

namespace KlaviyoRelay.Tests.Klaviyo;

/// <summary>What becomes of an event when its key is refused or can't be read.</summary>
public sealed class KlaviyoKeyTests : IDisposable
{
    private readonly RelayFixture _relay = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _relay.Dispose();

    [Fact]
    public async Task Unauthorized_event_is_sent_once_more_with_the_newest_key()
    {
        _relay.Klaviyo.On(HttpMethod.Post, StubApiExtensions.Events).Reply((_, _) =>
        {
            _relay.Configuration["Secrets:klaviyoKey"] = "pk_rotated";
            return Task.FromResult(StubCall.Answer(401));
        }).Then(202);

        (await SendAsync()).ShouldBeNull();
        _relay.Klaviyo.Requests.Select(request => request.Headers["Authorization"]).ShouldBe(["Klaviyo-API-Key pk_main", "Klaviyo-API-Key pk_rotated"]);
    }

    [Theory]
    [InlineData("not_authenticated")]
    [InlineData("authentication_failed")]
    public async Task Event_is_sent_once_more_with_the_newest_key_when_a_400_is_about_the_key(string code)
    {
        _relay.Klaviyo.On(HttpMethod.Post, StubApiExtensions.Events).Reply((_, _) =>
        {
            _relay.Configuration["Secrets:klaviyoKey"] = "pk_rotated";
            return Task.FromResult(StubCall.Answer(400, AboutTheKey(code)));
        }).Then(202);

        (await SendAsync()).ShouldBeNull();
        Keys.ShouldBe(["pk_main", "pk_rotated"]);
    }

    [Fact]
    public async Task Bulk_job_is_sent_once_more_with_the_newest_key_when_a_400_is_about_the_key()
    {
        _relay.Klaviyo.On(HttpMethod.Post, "/api/event-bulk-create-jobs").Reply((_, _) =>
        {
            _relay.Configuration["Secrets:klaviyoKey"] = "pk_rotated";
            return Task.FromResult(StubCall.Answer(400, AboutTheKey("not_authenticated")));
        }).Then(202);

        (await _relay.Get<KlaviyoClient>().CreateEventsAsync(_relay.Account("main"), KlaviyoEventWriter.Write([]), _relay.Budget, Token)).ShouldBeOfType<BulkOutcome.Accepted>();
        Keys.ShouldBe(["pk_main", "pk_rotated"]);
    }

    [Fact]
    public async Task Event_is_parked_as_unauthorized_when_a_400_is_about_the_key_and_there_is_no_other()
    {
        var events = _relay.Klaviyo.On(HttpMethod.Post, StubApiExtensions.Events).Reply(400, AboutTheKey("not_authenticated"));

        (await SendAsync())?.Reason.ShouldBe(DeadLetterReason.Unauthorized);
        events.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Other_400_does_not_ask_for_another_key()
    {
        _relay.Klaviyo.On(HttpMethod.Post, StubApiExtensions.Events).Reply((_, _) =>
        {
            _relay.Configuration["Secrets:klaviyoKey"] = "pk_rotated";
            return Task.FromResult(StubCall.Answer(400, AboutTheKey("invalid")));
        });

        (await SendAsync())?.Reason.ShouldBe(DeadLetterReason.Invalid);
        Keys.ShouldBe(["pk_main"]);
    }

    [Fact]
    public async Task Retry_does_not_go_out_with_a_key_that_was_refused_while_it_waited()
    {
        _relay.Klaviyo.OnEventFor("ann@shop.example").Reply(401);
        // Bob's first try is answered with 500 after Ann's event has found the key revoked.
        _relay.Klaviyo.OnEventFor("bob@shop.example").Reply(async (_, _) =>
        {
            await SendAsync("ann@shop.example");
            return StubCall.Answer(500);
        }).Then(202);

        var failure = await SendAsync("bob@shop.example");

        failure?.Reason.ShouldBe(DeadLetterReason.Unauthorized);
        failure?.Detail.ShouldBe("Klaviyo has just refused what the secret 'klaviyoKey' holds.");
        _relay.Klaviyo.Requests.Select(request => request.Email()).ShouldBe(["bob@shop.example", "ann@shop.example"]);
    }

    [Fact]
    public async Task Refused_key_is_tried_again_after_ten_seconds()
    {
        var events = _relay.Klaviyo.On(HttpMethod.Post, StubApiExtensions.Events).Reply(401).Then(202);
        (await SendAsync())?.Reason.ShouldBe(DeadLetterReason.Unauthorized);
        _relay.Clock.Advance(TimeSpan.FromSeconds(10) - TimeSpan.FromTicks(1));
        (await SendAsync())?.Reason.ShouldBe(DeadLetterReason.Unauthorized);
        events.Count.ShouldBe(1);
        _relay.Clock.Advance(TimeSpan.FromTicks(1));

        (await SendAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Single_401_on_a_key_that_worked_a_moment_ago_costs_no_event()
    {
        _relay.Klaviyo.On(HttpMethod.Post, StubApiExtensions.Events).Reply(202).Then(401).Then(202);
        (await SendAsync()).ShouldBeNull();

        (await SendAsync()).ShouldBeNull();

        _relay.Klaviyo.Requests.Count.ShouldBe(3);
        _relay.Clock.Elapsed.ShouldBe(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Key_that_worked_a_moment_ago_is_refused_by_the_second_401()
    {
        var events = _relay.Klaviyo.On(HttpMethod.Post, StubApiExtensions.Events).Reply(202).Then(401);
        (await SendAsync()).ShouldBeNull();

        (await SendAsync())?.Reason.ShouldBe(DeadLetterReason.Unauthorized);
        events.Count.ShouldBe(3);

        // And is not trusted again.
        (await SendAsync())?.Reason.ShouldBe(DeadLetterReason.Unauthorized);
        events.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Key_that_worked_long_ago_is_refused_by_the_first_401()
    {
        var events = _relay.Klaviyo.On(HttpMethod.Post, StubApiExtensions.Events).Reply(202).Then(401);
        (await SendAsync()).ShouldBeNull();
        _relay.Clock.Advance(TimeSpan.FromMinutes(5));

        (await SendAsync())?.Reason.ShouldBe(DeadLetterReason.Unauthorized);

        events.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Batch_goes_on_after_a_single_401()
    {
        _relay.Klaviyo.On(HttpMethod.Post, StubApiExtensions.Events).Reply(202).Then(401).Then(202);

        await _relay.RelayAsync([.. Enumerable.Range(0, 3).Select(number => new RelayMessageBuilder().Id($"e{number}").Retried(0, TestClock.Start, "ann@shop.example"))]);

        _relay.Queue.Rejected.ShouldBeEmpty();
        _relay.Logs.Lines.ShouldContain(line => line.Contains("3 delivered, 0 skipped, 0 dead-lettered"));
    }

    [Fact]
    public async Task Key_that_lacks_a_permission_is_not_held_back_from_what_it_may_do()
    {
        _relay.Klaviyo.On(HttpMethod.Get, StubApiExtensions.Profiles).Reply(403);
        _relay.Klaviyo.AcceptsEvents();
        await _relay.Get<KlaviyoClient>().FindProfilesAsync(_relay.Account("main"), ["ann@shop.example"], _relay.Budget, Token);

        (await SendAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Event_is_parked_as_not_configured_when_its_key_is_missing()
    {
        _ = _relay.Account("main");
        _relay.Configuration["Secrets:klaviyoKey"] = null;

        var failure = await SendAsync();

        failure?.Reason.ShouldBe(DeadLetterReason.NotConfigured);
        failure?.Detail.ShouldBe("The secret 'klaviyoKey' is missing: set Secrets__klaviyoKey, or KeyVault__Uri to read it from Key Vault.");
        _relay.Http.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("pk_main\n")]
    [InlineData("pk_main\r\n")]
    [InlineData("pk_\nmain")]
    public async Task Event_is_parked_and_names_the_secret_when_its_key_holds_a_line_break(string key)
    {
        _ = _relay.Account("main");
        _relay.Configuration["Secrets:klaviyoKey"] = key;

        var failure = await SendAsync();

        failure?.Reason.ShouldBe(DeadLetterReason.NotConfigured);
        failure?.Detail.ShouldContain("'klaviyoKey'");
        failure?.Detail.ShouldNotContain("pk_");
    }

    private IEnumerable<string> Keys => _relay.Klaviyo.Requests.Select(request => request.Headers["Authorization"]["Klaviyo-API-Key ".Length..]);

    private static string AboutTheKey(string code) => $$"""{"errors":[{"id":"1","status":400,"code":"{{code}}","title":"No.","detail":"No."}]}""";

    private Task<DeliveryFailure?> SendAsync(string email = "ann@shop.example") => _relay.Get<KlaviyoClient>().CreateEventAsync(
        _relay.Account("main"),
        Delivery.Of(new RelayMessageBuilder().Message, _relay.Connection("gladly"), _relay.Account("main"), [email]).Single().Event,
        _relay.Budget,
        Token);
}
