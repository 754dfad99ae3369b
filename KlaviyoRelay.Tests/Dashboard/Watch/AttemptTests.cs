using System.Net.Sockets;
using System.Text.Json;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo.Events;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Dashboard;
using KlaviyoRelay.Dashboard.Watch;
using Microsoft.Extensions.DependencyInjection;

namespace KlaviyoRelay.Tests.Dashboard.Watch;

/// <summary>The tries to record an event, as the board remembers them.</summary>
public sealed class AttemptTests
{
    private readonly BoardFixture _fixture = new();

    [Fact]
    public async Task Each_try_of_a_relayed_event_is_seen_with_what_was_sent_answered_and_waited()
    {
        using var relay = new RelayFixture(services => services.AddSingleton<RelayObserver>(_fixture.Board));
        relay.Klaviyo.On(HttpMethod.Post, StubApiExtensions.Events)
            .Reply(500, """{"errors":[{"title":"Oops.","detail":"About ann@shop.example."}]}""", "application/vnd.api+json")
            .Then(202);

        await relay.RelayAsync(Message("e1", "ann@shop.example"));

        var attempts = Attempts();
        attempts.Select(attempt => attempt.Status).ShouldBe([500, 202]);
        attempts[0].Said.ShouldBe("Oops. About a•••@s•••.example.");
        attempts[0].WaitMs.ShouldNotBeNull().ShouldBeInRange(1000, 2000);
        attempts[0].IsWaitAsked.ShouldBeFalse();
        attempts[1].WaitMs.ShouldBeNull();
        attempts[1].ShouldBe(attempts[1] with { Metric = "started conversation in Gladly", Email = "a•••@s•••.example", Property = "In Gladly Conversation = true", Together = 1, Said = "" });
        attempts.Select(attempt => attempt.UniqueId).Distinct().ShouldHaveSingleItem().ShouldBe(UniqueId.ForEmail("e1", "ann@shop.example"));
    }

    [Fact]
    public async Task Wait_that_klaviyo_asks_for_is_told_as_such()
    {
        using var relay = new RelayFixture(services => services.AddSingleton<RelayObserver>(_fixture.Board));
        relay.Klaviyo.On(HttpMethod.Post, StubApiExtensions.Events).Reply(429, retryAfter: 7).Then(202);

        await relay.RelayAsync(Message("e1", "ann@shop.example"));

        var first = Attempts()[0];
        (first.Status, first.WaitMs, first.IsWaitAsked).ShouldBe((429, 7000, true));
    }

    [Fact]
    public async Task Try_without_an_answer_says_why_and_no_address()
    {
        using var relay = new RelayFixture(services => services.AddSingleton<RelayObserver>(_fixture.Board));
        relay.Klaviyo.On(HttpMethod.Post, StubApiExtensions.Events).Throw(new HttpRequestException("GET https://klaviyo.example/?email=ann@shop.example", new SocketException((int)SocketError.ConnectionRefused)));

        await relay.RelayAsync(Message("e1", "ann@shop.example"));

        Attempts().Select(attempt => (attempt.Status, attempt.Said)).ShouldBe([(null, "The connection was refused."), (null, "The connection was refused."), (null, "The connection was refused.")]);
        _fixture.Timeline().ShouldContain("dead-letter-throttled: unavailable: Klaviyo did not answer: the connection was refused.");
    }

    [Fact]
    public async Task Events_of_a_bulk_job_say_with_how_many_they_were_sent()
    {
        using var relay = new RelayFixture(services => services.AddSingleton<RelayObserver>(_fixture.Board), ("Relay__Delivery__BulkThreshold", "25"));
        relay.Klaviyo.On(HttpMethod.Post, "/api/event-bulk-create-jobs").Reply(202);

        await relay.RelayAsync([.. Enumerable.Range(1, 30).Select(number => Message($"e{number}", $"customer{number}@shop.example"))]);

        Attempts("e7").ShouldHaveSingleItem().Together.ShouldBe(30);
    }

    [Fact]
    public void Last_tries_are_kept_and_those_before_are_counted()
    {
        for (var number = 0; number < AttemptLog.MaxAttempts + 3; number++)
        {
            Try(new HttpTry.Ended(503, "", TimeSpan.FromMilliseconds(number)));
        }

        var detail = _fixture.Board.Find("e1").ShouldNotBeNull();
        (detail.Attempts.Count, detail.AttemptsLeftOut).ShouldBe((AttemptLog.MaxAttempts, 3));
        detail.Attempts[^1].TookMs.ShouldBe(AttemptLog.MaxAttempts + 2);
    }

    [Fact]
    public void Emails_and_properties_of_the_event_are_in_nothing_that_is_shown()
    {
        Try(new HttpTry.Ended(202, "", TimeSpan.Zero));

        var json = JsonSerializer.Serialize(_fixture.Board.Find("e1").ShouldNotBeNull(), DashboardJson.Default.EventDetail);

        json.ShouldNotContain("zqann");
        json.ShouldNotContain("zqsubject");
    }

    private static RelayMessageBuilder Message(string id, string email) => new RelayMessageBuilder().Id(id).Retried(1, TestClock.Start, email);

    private void Try(HttpTry what) => _fixture.Board.Tried(
        BoardFixture.Event(), new KlaviyoEvent("u1", "zqann@shop.example", new KlaviyoContent("Opened", TestClock.Start, "{\"subject\":\"zqsubject\"}"u8.ToArray())), 1, what);

    private IReadOnlyList<Attempt> Attempts(string id = "e1") => _fixture.Board.Find(id).ShouldNotBeNull().Attempts;
}
