using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Tests.Conversations.Relaying;

public sealed class DelivererTests : IDisposable
{
    private readonly RelayFixture _relay = new(TestSettings.SecondAccount);

    public void Dispose() => _relay.Dispose();

    [Fact]
    public async Task Events_of_one_email_are_sent_in_the_queues_order()
    {
        _relay.Klaviyo.AcceptsEvents();
        var messages = Enumerable.Range(0, 40).Select(number => number % 2 == 0 ? Message($"e{number}") : Message($"e{number}").Closed()).ToList();

        await _relay.RelayAsync(messages);

        _relay.Klaviyo.EventRequests().Select(request => request.Metric()).ShouldBe(
            Enumerable.Range(0, 40).Select(number => number % 2 == 0 ? "started conversation in Gladly" : "closed conversation in Gladly"));
    }

    [Theory]
    [InlineData(429, DeadLetterReason.Throttled)]
    [InlineData(500, DeadLetterReason.Unavailable)]
    public async Task Later_events_of_an_email_wait_behind_one_that_has_to_wait(int status, DeadLetterReason reason)
    {
        var ann = _relay.Klaviyo.OnEventFor("ann@shop.example").Reply(status);
        _relay.Klaviyo.OnEventFor("bob@shop.example").Reply(202);

        await _relay.RelayAsync(Message("e1"), Message("e2").Closed(), Message("e3", "bob@shop.example"), Message("e4", "ANN@shop.example"));

        ann.Count.ShouldBe(3);
        _relay.Queue.Throttled.Select(letter => letter.Event.Id).ShouldBe(["e1", "e2", "e4"], ignoreOrder: true);
        _relay.Queue.Throttled.ShouldAllBe(letter => letter.Reason == reason);
        _relay.Klaviyo.EventRequests().Count(request => request.Email() == "bob@shop.example").ShouldBe(1);
    }

    [Fact]
    public async Task Emails_that_failed_alike_share_a_letter_that_waits_as_long_as_any_of_them_was_asked_to()
    {
        _relay.Klaviyo.OnEventFor("ann@shop.example").Reply(503, retryAfter: 7200);
        _relay.Klaviyo.OnEventFor("bob@shop.example").Reply(503, retryAfter: 3600);

        await _relay.RelayAsync(new RelayMessageBuilder().Id("e1").Retried(0, TestClock.Start, "ann@shop.example", "bob@shop.example"));

        var letter = _relay.Queue.Throttled.ShouldHaveSingleItem();
        letter.Emails.ShouldBe(["ann@shop.example", "bob@shop.example"], ignoreOrder: true);
        (letter.ReleaseAt - letter.LastFailureAt).ShouldNotBeNull().ShouldBeInRange(TimeSpan.FromHours(2), TimeSpan.FromHours(2.2));
    }

    [Fact]
    public async Task Later_events_of_an_email_do_not_wait_behind_one_that_was_refused_for_good()
    {
        _relay.Klaviyo.OnEventFor("ann@shop.example").Reply(400).Then(202);

        await _relay.RelayAsync(Message("e1"), Message("e2").Closed());

        _relay.Queue.Rejected.ShouldHaveSingleItem().Event.Id.ShouldBe("e1");
        _relay.Klaviyo.EventRequests().Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(401, DeadLetterReason.Unauthorized)]
    [InlineData(403, DeadLetterReason.Forbidden)]
    public async Task Refused_key_is_tried_once_in_a_batch_when_the_store_has_no_other(int status, DeadLetterReason reason)
    {
        var events = _relay.Klaviyo.On(HttpMethod.Post, StubApiExtensions.Events).Reply(status);

        await _relay.RelayAsync([.. Enumerable.Range(0, 50).Select(number => Message($"e{number}", $"customer{number}@shop.example"))]);

        events.Count.ShouldBe(1);
        _relay.Queue.Rejected.Count.ShouldBe(50);
        _relay.Queue.Rejected.ShouldAllBe(letter => letter.Reason == reason);
    }

    [Fact]
    public async Task Refused_key_is_tried_once_more_when_the_store_has_another()
    {
        var events = _relay.Klaviyo.On(HttpMethod.Post, StubApiExtensions.Events).Reply((_, _) =>
        {
            _relay.Configuration["Secrets:klaviyoKey"] = "pk_rotated";
            return Task.FromResult(StubCall.Answer(401));
        });

        await _relay.RelayAsync([.. Enumerable.Range(0, 50).Select(number => Message($"e{number}", $"customer{number}@shop.example"))]);

        events.Count.ShouldBe(2);
        _relay.Klaviyo.Requests.Select(request => request.Headers["Authorization"]).ShouldBe(["Klaviyo-API-Key pk_main", "Klaviyo-API-Key pk_rotated"]);
        _relay.Queue.Rejected.Count.ShouldBe(50);
    }

    [Fact]
    public async Task Rotated_key_delivers_the_whole_batch()
    {
        _relay.Klaviyo.On(HttpMethod.Post, StubApiExtensions.Events)
            .Reply((_, _) =>
            {
                _relay.Configuration["Secrets:klaviyoKey"] = "pk_rotated";
                return Task.FromResult(StubCall.Answer(401));
            })
            .Then(202);

        await _relay.RelayAsync(Message("e1"), Message("e2", "bob@shop.example"));

        _relay.Queue.Count.ShouldBe(0);
        _relay.Klaviyo.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Refused_account_does_not_hold_back_another()
    {
        _relay.Klaviyo.On(HttpMethod.Post, StubApiExtensions.Events, request => request.Headers["Authorization"].EndsWith("pk_main", StringComparison.Ordinal)).Reply(401);
        var second = _relay.Klaviyo.On(HttpMethod.Post, StubApiExtensions.Events, request => request.Headers["Authorization"].EndsWith("pk_second", StringComparison.Ordinal)).Reply(202);

        await _relay.RelayAsync(
            Message("e1"),
            Message("e2").Connection("other", "second"),
            Message("e3", "bob@shop.example"),
            Message("e4", "bob@shop.example").Connection("other", "second"));

        second.Count.ShouldBe(2);
        _relay.Queue.Rejected.Select(letter => letter.Event.Account).ShouldBe(["main", "main"]);
    }

    [Fact]
    public async Task Throttled_account_does_not_hold_back_another()
    {
        _relay.Klaviyo.On(HttpMethod.Post, StubApiExtensions.Events, request => request.Headers["Authorization"].EndsWith("pk_main", StringComparison.Ordinal)).Reply(429, retryAfter: 3600);
        _relay.Klaviyo.On(HttpMethod.Post, StubApiExtensions.Events, request => request.Headers["Authorization"].EndsWith("pk_second", StringComparison.Ordinal)).Reply(202);

        await _relay.RelayAsync(Message("e1"), Message("e2").Connection("other", "second"));

        _relay.Queue.Throttled.ShouldHaveSingleItem().Event.Id.ShouldBe("e1");
        _relay.Clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(1));
    }

    private static RelayMessageBuilder Message(string id, string email = "ann@shop.example") =>
        new RelayMessageBuilder().Id(id).Retried(0, TestClock.Start, email);
}
