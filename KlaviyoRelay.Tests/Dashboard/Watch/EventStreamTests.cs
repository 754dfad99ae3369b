using System.Net;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Tests.Dashboard.Watch;

public sealed class EventStreamTests : DashboardTest
{
    private const int MaxReaders = 8;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Page_begins_with_what_has_happened()
    {
        Dashboard.Board.WebhookAnswered("gladly", "accepted");
        Dashboard.Board.Accepted(BoardFixture.Event("e1"));
        Dashboard.Clock.Advance(Second);
        Dashboard.Board.Accepted(BoardFixture.Event("e2"));

        await using var stream = await StreamReading.OpenAsync(Dashboard);
        var (history, events, tick) = await stream.BeginAsync();

        $"{history["startedAt"]}".ShouldBe("2026-01-15T14:03:00+00:00");
        var point = history["points"].ShouldNotBeNull().AsArray().ShouldHaveSingleItem().ShouldNotBeNull();
        point.ToJsonString().ShouldBe($$"""{"t":{{TestClock.Start.ToUnixTimeSeconds()}},"accepted":1,"delivered":0,"throttled":0,"rejected":0,"p50":null,"p95":null,"p99":null}""");
        events.AsArray().Select(row => $"{row?["id"]}").ShouldBe(["e1", "e2"]);
        tick["points"].ShouldNotBeNull().AsArray().ShouldBeEmpty();
        $"{tick["now"]}".ShouldBe("2026-01-15T14:03:01+00:00");
    }

    [Fact]
    public async Task Row_is_as_the_page_expects_it()
    {
        Dashboard.Board.Taken(BoardFixture.Event() with { Attempts = 0 });
        Dashboard.Board.FannedOut(BoardFixture.Event(), 1);
        Dashboard.Board.Delivered(BoardFixture.Event(), "ann@shop.example", TimeSpan.FromMilliseconds(12.5));

        await using var stream = await StreamReading.OpenAsync(Dashboard);
        var (_, events, _) = await stream.BeginAsync();

        events.AsArray().ShouldHaveSingleItem().ShouldNotBeNull().ToJsonString().ShouldBe(
            """{"id":"e1","connection":"gladly","account":"main","kind":"opened","at":"2026-01-15T14:03:00\u002B00:00","conversation":"conversation-1","customer":null,"emails":["a\u2022\u2022\u2022@s\u2022\u2022\u2022.example"],"state":"delivered","delivered":1,"total":1,"until":null,"reason":null,"latencyMs":12.5,"attempts":0}""");
    }

    [Fact]
    public async Task Each_second_brings_the_completed_seconds_and_the_rows_that_changed()
    {
        await using var stream = await StreamReading.OpenAsync(Dashboard);
        await stream.BeginAsync();

        Dashboard.Board.Accepted(BoardFixture.Event());
        Dashboard.Clock.Advance(Second);
        var (tick, rows) = await stream.NextAsync("tick", "events");
        Dashboard.Clock.Advance(Second);
        var quiet = await stream.NextAsync("tick");
        Dashboard.Clock.Advance(Second);
        await stream.NextAsync("tick");

        $"{tick["points"]?[0]?["accepted"]}".ShouldBe("1");
        $"{tick["flow"]?["perSecond"]?["accepted"]}".ShouldBe("0.1");
        $"{rows[0]?["state"]}".ShouldBe("queued");
        quiet["points"].ShouldNotBeNull().AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Tick_holds_the_flow_the_gauges_and_no_faults_where_there_is_no_simulator()
    {
        await Dashboard.Queues.Client.CreateAsync(QueueNames.ConversationEvents, Cancellation);
        await Dashboard.Queues.ThrottleAsync("e1");
        await Dashboard.Queues.RejectAsync("e2");
        await Dashboard.Queues.RejectAsync("e3");
        Dashboard.Board.WebhookAnswered("gladly", "accepted");
        Dashboard.Board.WebhookAnswered("gladly", "unauthorized");
        Dashboard.Board.Taken(BoardFixture.Event("e4") with { Attempts = 0 });
        var letter = new BoardFixture().Letter(DeadLetterReason.Throttled, 1) with { ReleaseAt = TestClock.Start.AddMinutes(15) };
        Dashboard.Board.DeadLettered(QueueNames.DeadLetterThrottled, letter);

        await using var stream = await StreamReading.OpenAsync(Dashboard);
        var (_, _, tick) = await stream.BeginAsync();

        var flow = tick["flow"].ShouldNotBeNull();
        flow["webhooks"].ShouldNotBeNull().ToJsonString().ShouldBe("""{"accepted":1,"ignored":0,"refused":1}""");
        $"{flow["queued"]} {flow["throttled"]} {flow["rejected"]} {flow["relaying"]} {flow["nextRelease"]}".ShouldBe("0 1 2 1 2026-01-15T14:18:00+00:00");
        tick["rates"].ShouldNotBeNull().AsArray().Select(rate => $"{rate?["account"]} {rate?["endpoint"]}").ShouldBe(["main events", "main bulk jobs", "main profiles"]);
        tick["faults"].ShouldNotBeNull().AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Queues_that_do_not_answer_are_unknown_and_the_stream_goes_on()
    {
        Dashboard.Queues.Storage.Fails = _ => true;
        await using var stream = await StreamReading.OpenAsync(Dashboard);
        var (_, _, tick) = await stream.BeginAsync();
        Dashboard.Clock.Advance(Second);
        await stream.NextAsync("tick");

        tick["flow"].ShouldNotBeNull()["queued"].ShouldBeNull();
        tick["flow"].ShouldNotBeNull()["rejected"].ShouldBeNull();
    }

    [Fact]
    public async Task Queues_are_asked_once_a_second_for_all_pages_and_not_at_all_without_one()
    {
        var asked = 0;
        Dashboard.Queues.Storage.Fails = _ =>
        {
            Interlocked.Increment(ref asked);
            return true;
        };
        Dashboard.Clock.Advance(Second);
        asked.ShouldBe(0);

        await using var first = await StreamReading.OpenAsync(Dashboard);
        await first.BeginAsync();
        await using var second = await StreamReading.OpenAsync(Dashboard);
        await second.BeginAsync();

        // The first queue that does not answer is enough.
        asked.ShouldBe(1);
    }

    [Fact]
    public async Task Stream_ends_at_once_when_the_relay_stops()
    {
        await using var stream = await StreamReading.OpenAsync(Dashboard);
        await stream.BeginAsync();

        // An open request would hold the stop up for 28 s.
        await Dashboard.StopAsync().WaitAsync(TimeSpan.FromSeconds(20), Cancellation);

        (await stream.HasEndedAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task Ninth_page_is_refused_until_another_is_closed()
    {
        var streams = new List<StreamReading>();
        for (var reader = 0; reader < MaxReaders; reader++)
        {
            streams.Add(await StreamReading.OpenAsync(Dashboard));
            await streams[^1].BeginAsync();
        }

        using (var refused = await Dashboard.GetAsync("/dashboard/stream"))
        {
            refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            (await refused.Content.ReadAsStringAsync(Cancellation)).ShouldContain("close one");
        }

        await streams[0].DisposeAsync();
        await KlaviyoRelay.Faults.Processes.Eventually.HoldsAsync(
            async () =>
            {
                using var answer = await Dashboard.GetAsync("/dashboard/stream");
                return answer.StatusCode == HttpStatusCode.OK;
            },
            KlaviyoRelay.Faults.Processes.Eventually.Patience,
            () => "No page was let in after one had gone.",
            Cancellation);
        foreach (var stream in streams)
        {
            await stream.DisposeAsync();
        }
    }
}
