using KlaviyoRelay.Core.Audit.Leaks;
using KlaviyoRelay.Core.Conversations.Relaying;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo;

namespace KlaviyoRelay.Tests.Http;

/// <summary>After a 429 the account is left alone by everyone, not only by the request that got it.</summary>
public sealed class RateLimitStrategyTests : IDisposable
{
    private readonly RelayFixture _relay = new();

    public void Dispose() => _relay.Dispose();

    [Fact]
    public async Task Nobody_asks_again_before_the_time_that_a_429_asked_for()
    {
        _relay.Klaviyo.OnEventFor("ann@shop.example").Reply(429, retryAfter: 300);
        var bob = _relay.Klaviyo.OnEventFor("bob@shop.example").Reply(202);
        await _relay.RelayAsync(Message("e1", "ann@shop.example"));

        await _relay.RelayAsync(Message("e2", "bob@shop.example"));

        bob.Count.ShouldBe(0);
        _relay.Queue.Throttled[1].Detail.ShouldBe("The batch's time was used up by waiting for Klaviyo's rate limit.");
        _relay.Queue.Throttled[1].Reason.ShouldBe(DeadLetterReason.Throttled);
    }

    [Theory]
    [InlineData(300, 210.001)]
    [InlineData(210, 210)]
    [InlineData(209, 209)]
    public async Task Next_batch_asks_again_when_the_time_is_over_or_the_time_of_the_batch_that_got_the_429(int asked, double paused)
    {
        _relay.Klaviyo.OnEventFor("ann@shop.example").Reply(429, retryAfter: asked);
        var bob = _relay.Klaviyo.OnEventFor("bob@shop.example").Reply(202);
        await _relay.RelayAsync(Message("e1", "ann@shop.example"));
        _relay.Clock.Advance(TimeSpan.FromSeconds(120));

        await _relay.RelayAsync(Message("e2", "bob@shop.example").Event(one => one with { OccurredAt = _relay.Clock.GetUtcNow() }));

        bob.Count.ShouldBe(1);
        _relay.Clock.Elapsed.ShouldBe(TimeSpan.FromSeconds(paused));
    }

    // A batch has 210 s. A try that begins at its end would be cut off, and called unanswered.
    [Fact]
    public async Task Letter_says_what_was_answered_when_no_time_is_left_for_another_try()
    {
        var ann = _relay.Klaviyo.OnEventFor("ann@shop.example")
            .Reply((_, _) =>
            {
                _relay.Clock.Advance(TimeSpan.FromSeconds(0.995));
                return Task.FromResult(StubCall.Answer(429, retryAfter: 209));
            })
            .Hang(_relay.Clock, TimeSpan.FromSeconds(0.1));

        await _relay.RelayAsync(Message("e1", "ann@shop.example"));

        ann.Count.ShouldBe(1);
        var letter = _relay.Queue.Throttled.ShouldHaveSingleItem();
        (letter.Reason, letter.Detail).ShouldBe((DeadLetterReason.Throttled, "Klaviyo answered 429."));
    }

    [Fact]
    public async Task Request_that_comes_when_the_time_is_over_says_so_and_blames_no_limit()
    {
        var leaks = LeakState.Begin("main", TestClock.Start.AddDays(-1), TestClock.Start);

        var result = await _relay.Get<AccountLeaks>().RunAsync(leaks, TimeSpan.FromSeconds(0.4), _ => Task.CompletedTask, TestContext.Current.CancellationToken);

        result.Failure.ShouldNotBeNull().Detail.ShouldBe("The batch's time was used up by waiting before Klaviyo could be asked.");
    }

    [Fact]
    public async Task Request_that_has_the_time_of_the_shortest_try_is_sent()
    {
        _relay.Klaviyo.AcceptsEvents();
        var delivery = Delivery.Of(new RelayMessageBuilder().Message, _relay.Connection("gladly"), _relay.Account("main"), ["ann@shop.example"]).Single();

        var failure = await _relay.Get<KlaviyoClient>().CreateEventAsync(
            delivery.Account, delivery.Event, new BatchBudget(_relay.Clock, HttpResilience.ShortestAttempt), TestContext.Current.CancellationToken, _ => { });

        failure.ShouldBeNull();
        _relay.Klaviyo.EventRequests().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Requests_that_were_answered_are_on_their_way_no_longer()
    {
        _relay.Klaviyo.On(HttpMethod.Post, StubApiExtensions.Events).Reply(202, headers: [("RateLimit-Remaining", "2"), ("RateLimit-Reset", "20")]);

        await _relay.RelayAsync(Message("e1", "ann@shop.example"), Message("e2", "ann@shop.example"), Message("e3", "ann@shop.example"));

        _relay.Klaviyo.EventRequests().Count.ShouldBe(3);
        _relay.Clock.Elapsed.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task Throttled_helpdesk_does_not_pause_klaviyo()
    {
        _relay.Gladly.On(HttpMethod.Get, "/api/v1/customer-profiles/c1").Reply(429, retryAfter: 600);
        var ann = _relay.Klaviyo.OnEventFor("ann@shop.example").Reply(202);

        await _relay.RelayAsync(new RelayMessageBuilder().Id("e1"), Message("e2", "ann@shop.example"));

        ann.Count.ShouldBe(1);
        _relay.Clock.Elapsed.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task Headers_of_an_answer_hold_the_next_request_back()
    {
        _relay.Gladly.Knows("c1", "ann@shop.example", "bob@shop.example");
        _relay.Klaviyo.On(HttpMethod.Post, StubApiExtensions.Events).Reply(202, headers: [("RateLimit-Remaining", "0"), ("RateLimit-Reset", "20")]);

        await _relay.RelayAsync(new RelayMessageBuilder());

        _relay.Klaviyo.EventRequests().Count.ShouldBe(2);
        _relay.Clock.Elapsed.ShouldBe(TimeSpan.FromSeconds(20));
    }

    private static RelayMessageBuilder Message(string id, string email) => new RelayMessageBuilder().Id(id).Retried(0, TestClock.Start, email);
}
