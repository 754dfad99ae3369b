using System.Net.Sockets;
using KlaviyoRelay.Core.Conversations.Relaying;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo;

namespace KlaviyoRelay.Tests.Klaviyo;

/// <summary>What each of Klaviyo's answers to an event means.</summary>
public sealed class KlaviyoClientTests : IDisposable
{
    private const string Throttled = """
        {"errors":[{"id":"8c8f4aea","status":429,"code":"throttled","title":"Request was throttled.","detail":"Request was throttled. Expected available in 1 second.","source":{"pointer":"/data"},"links":{},"meta":{}}]}
        """;

    private readonly RelayFixture _relay = new();
    private readonly StubCall _events;

    public KlaviyoClientTests() => _events = _relay.Klaviyo.On(HttpMethod.Post, StubApiExtensions.Events);

    public void Dispose() => _relay.Dispose();

    [Fact]
    public async Task Event_is_delivered_when_klaviyo_answers_202()
    {
        _events.Reply(202);

        (await SendAsync()).ShouldBeNull();
    }

    [Theory]
    [InlineData(400, DeadLetterReason.Invalid)]
    [InlineData(401, DeadLetterReason.Unauthorized)]
    [InlineData(403, DeadLetterReason.Forbidden)]
    [InlineData(404, DeadLetterReason.Invalid)]
    [InlineData(409, DeadLetterReason.Invalid)]
    [InlineData(413, DeadLetterReason.Invalid)]
    [InlineData(415, DeadLetterReason.Invalid)]
    public async Task Refusal_is_tried_once_and_says_what_klaviyo_said(int status, DeadLetterReason reason)
    {
        _events.Reply(status, """{"errors":[{"code":"x","title":"Invalid input.","detail":"No good.","source":{"pointer":"/data/attributes/profile"}}]}""", "application/vnd.api+json");

        (await SendAsync()).ShouldBe(new DeliveryFailure(reason, $"Klaviyo answered {status}: Invalid input. No good. (/data/attributes/profile)"));
        _events.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(524)]
    public async Task Outage_is_tried_three_times(int status)
    {
        _events.Reply(status);

        (await SendAsync()).ShouldBe(new DeliveryFailure(DeadLetterReason.Unavailable, $"Klaviyo answered {status}."));
        _events.Count.ShouldBe(3);
        _relay.Clock.Elapsed.ShouldBeGreaterThan(TimeSpan.Zero);
    }

    [Fact]
    public async Task Event_is_delivered_when_a_later_try_succeeds()
    {
        _events.Reply(503).Then(429, Throttled).Then(202);

        (await SendAsync()).ShouldBeNull();
        _events.Count.ShouldBe(3);
        _relay.Klaviyo.Requests.Select(request => request.Body).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Page_from_the_edge_is_an_outage_and_not_a_refusal()
    {
        _events.Reply(403, "<html>Just a moment...</html>", "text/html");

        (await SendAsync())?.Reason.ShouldBe(DeadLetterReason.Unavailable);
        _events.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Throttled_event_is_tried_again_after_the_time_that_klaviyo_asks_for()
    {
        _events.Reply(429, Throttled, retryAfter: 7).Then(202);

        (await SendAsync()).ShouldBeNull();
        _relay.Clock.Elapsed.ShouldBe(TimeSpan.FromSeconds(7));
    }

    [Fact]
    public async Task Throttled_event_is_tried_again_at_the_date_that_klaviyo_asks_for()
    {
        _events.Reply(429, headers: ("Retry-After", TestClock.Start.AddSeconds(20).ToString("R"))).Then(202);

        (await SendAsync()).ShouldBeNull();
        _relay.Clock.Elapsed.ShouldBe(TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    public async Task Throttled_event_is_tried_again_after_a_second_when_klaviyo_asks_for_no_time(int? retryAfter)
    {
        _events.Reply(429, Throttled, retryAfter: retryAfter).Then(202);

        (await SendAsync()).ShouldBeNull();
        _relay.Clock.Elapsed.ShouldBe(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Event_that_stays_throttled_keeps_the_time_that_klaviyo_asks_for()
    {
        _events.Reply(429, Throttled, retryAfter: 2);

        (await SendAsync()).ShouldBe(new DeliveryFailure(DeadLetterReason.Throttled, "Klaviyo answered 429.", TimeSpan.FromSeconds(2)));
        _events.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Answer_that_does_not_come_is_given_up_after_15_seconds_and_tried_three_times()
    {
        _events.Hang(_relay.Clock, TimeSpan.FromSeconds(15));

        (await SendAsync()).ShouldBe(new DeliveryFailure(DeadLetterReason.Unavailable, "Klaviyo did not answer: nothing came within 15 s."));
        _events.Count.ShouldBe(3);
        _relay.Clock.Elapsed.ShouldBeInRange(TimeSpan.FromSeconds(45), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Answer_is_waited_for_up_to_15_seconds()
    {
        _events.Reply((_, _) =>
        {
            _relay.Clock.Advance(TimeSpan.FromSeconds(14.9));
            return Task.FromResult(StubCall.Answer(202));
        });

        (await SendAsync()).ShouldBeNull();
        _events.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Refused_connection_is_an_outage_that_does_not_show_the_address()
    {
        _events.Throw(new HttpRequestException("Connection refused (ann@shop.example)", new SocketException((int)SocketError.ConnectionRefused)));

        (await SendAsync()).ShouldBe(new DeliveryFailure(DeadLetterReason.Unavailable, "Klaviyo did not answer: the connection was refused."));
        _events.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Answer_whose_compression_is_broken_is_an_outage()
    {
        _events.Throw(new InvalidDataException("The archive entry was compressed using an unsupported compression method."));

        (await SendAsync()).ShouldBe(new DeliveryFailure(DeadLetterReason.Unavailable, "Klaviyo did not answer: the answer could not be unpacked."));
        _events.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData("https://a.klaviyo.test", "https://a.klaviyo.test/api/events")]
    [InlineData("https://a.klaviyo.test/", "https://a.klaviyo.test/api/events")]
    [InlineData("http://127.0.0.1:7080/klaviyo", "http://127.0.0.1:7080/klaviyo/api/events")]
    public async Task Path_is_added_to_the_base_address(string baseAddress, string expected)
    {
        using var relay = new RelayFixture(("Klaviyo__BaseAddress", baseAddress));
        var events = relay.Http.On(HttpMethod.Post, new Uri(expected)).Reply(202);

        await relay.RelayAsync(new RelayMessageBuilder().Retried(0, TestClock.Start, "ann@shop.example"));

        events.Count.ShouldBe(1);
    }

    private Task<DeliveryFailure?> SendAsync() => _relay.Get<KlaviyoClient>().CreateEventAsync(
        _relay.Account("main"),
        Delivery.Of(new RelayMessageBuilder().Message, _relay.Connection("gladly"), _relay.Account("main"), ["ann@shop.example"]).Single().Event,
        _relay.Budget,
        TestContext.Current.CancellationToken);
}
