using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Telemetry;
using KlaviyoRelay.Dashboard.Watch;

namespace KlaviyoRelay.Tests.Dashboard.Watch;

public sealed class EventBoardTests
{
    private readonly BoardFixture _fixture = new();

    private EventBoard Board => _fixture.Board;

    [Fact]
    public void Last_thousand_events_are_remembered_and_the_oldest_go()
    {
        for (var number = 1; number <= EventBoard.MaxEvents + 5; number++)
        {
            Board.Accepted(BoardFixture.Event($"e{number}"));
        }

        _fixture.Rows().Select(row => row.Id).ShouldBe(Enumerable.Range(6, EventBoard.MaxEvents).Select(number => $"e{number}"));
        Board.Find("e5").ShouldBeNull();
    }

    [Fact]
    public void Webhook_that_comes_twice_has_one_row_and_an_entry_for_each()
    {
        Board.Accepted(BoardFixture.Event());
        Board.Accepted(BoardFixture.Event());
        Board.Recovered(BoardFixture.Event());

        _fixture.Rows().ShouldHaveSingleItem();
        _fixture.Timeline().ShouldBe(
            [
                "webhook: The webhook was accepted: the queue has the event",
                "webhook: The webhook was accepted: the queue has the event",
                "queue: Recovered from the helpdesk's record: the queue has the event",
            ]);
    }

    [Fact]
    public void Rows_that_changed_are_given_in_the_order_of_their_changes()
    {
        Board.Accepted(BoardFixture.Event("e1"));
        Board.Accepted(BoardFixture.Event("e2"));
        var (_, version) = Board.ChangedSince(0);
        Board.ChangedSince(version).Rows.ShouldBeEmpty();

        Board.Accepted(BoardFixture.Event("e3"));
        Board.Taken(BoardFixture.Event("e1") with { Attempts = 0 });

        Board.ChangedSince(version).Rows.Select(row => row.Id).ShouldBe(["e3", "e1"]);
    }

    [Fact]
    public void Timeline_tells_every_station_with_its_time()
    {
        Board.Accepted(BoardFixture.Event());
        _fixture.Clock.Advance(TimeSpan.FromSeconds(2));
        _fixture.Relays(2);
        _fixture.Delivers("ann@shop.example");
        var letter = _fixture.Throttles(1, "ann@work.example");
        Board.Released(letter);
        Board.Taken(BoardFixture.Event() with { Attempts = 1 });

        _fixture.Timeline().ShouldBe(
            [
                "webhook: The webhook was accepted: the queue has the event",
                "relay: Taken from the queue",
                "relay: To be sent for 2 emails",
                "klaviyo: Klaviyo accepted the event for a•••@s•••.example",
                "dead-letter-throttled: throttled: Klaviyo answered 400 about a•••@s•••.example.",
                "queue: Released, and queued again",
                "relay: Taken from the queue again, after 1 try",
            ]);
        var times = Board.Find("e1").ShouldNotBeNull().Timeline.Select(entry => entry.At - TestClock.Start).ToList();
        (times[0], times[1]).ShouldBe((TimeSpan.Zero, TimeSpan.FromSeconds(2)));
    }

    [Fact]
    public void Long_timeline_keeps_its_beginning_and_its_end_and_says_how_many_are_left_out()
    {
        Board.Accepted(BoardFixture.Event());
        _fixture.Relays(500);
        for (var number = 1; number <= 500; number++)
        {
            _fixture.Delivers($"ann@shop{number}.example");
        }

        _fixture.Rejects(1, "last@shop.example");

        var timeline = _fixture.Timeline();
        timeline.Count.ShouldBe(EventTimeline.MaxEntries + 1);
        timeline[0].ShouldStartWith("webhook: ");
        timeline[20].ShouldBe("relay: 404 more before this, which are not kept");
        timeline[^1].ShouldStartWith("dead-letter-rejected: ");
    }

    [Fact]
    public void Customer_of_many_emails_is_shown_with_the_first_ten()
    {
        _fixture.Relays(500);
        for (var number = 1; number <= 500; number++)
        {
            _fixture.Delivers($"ann@shop{number}.example");
        }

        _fixture.Row().Emails.Count.ShouldBe(10);
        (_fixture.Row().Delivered, _fixture.Row().Total).ShouldBe((500, 500));
    }

    [Fact]
    public void Emails_subjects_and_phone_numbers_are_in_nothing_that_is_shown()
    {
        var happened = new RelayMessageBuilder().Event(one => one with { Subject = "Zqsubject" }).Message;
        Board.Accepted(happened);
        _fixture.Relays(2);
        _fixture.Delivers("zqann@zqshop.example");
        _fixture.Rejects(_fixture.Letter(DeadLetterReason.Invalid, 1, "zqbob@zqshop.example", "+4915199887766") with { Detail = $"{new string('x', 290)} 'zqcarl@zqshop.example' is no email, nor is zqdora@zqshop.example." });

        var json = _fixture.Json();

        json.ShouldContain(@"x \u0027z");
        json.ShouldNotContain("zqshop", Case.Insensitive);
        json.ShouldNotContain("zqann", Case.Insensitive);
        json.ShouldNotContain("zqcarl", Case.Insensitive);
        json.ShouldNotContain("zqsubject", Case.Insensitive);
        json.ShouldNotContain("15199887766");
    }

    [Fact]
    public void Trace_of_an_event_is_told_by_its_id()
    {
        Board.Accepted(BoardFixture.Event() with { Trace = new TraceContext("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01") });
        Board.Accepted(BoardFixture.Event("e2"));

        Board.Find("e1").ShouldNotBeNull().Trace.ShouldBe("4bf92f3577b34da6a3ce929d0e0e4736");
        Board.Find("e2").ShouldNotBeNull().Trace.ShouldBeNull();
    }

    [Fact]
    public void Stations_are_counted()
    {
        Board.WebhookAnswered("gladly", "accepted");
        Board.WebhookAnswered("gladly", "ignored");
        Board.WebhookAnswered(null, "unknown-connection");
        Board.WebhookAnswered("gladly", "unavailable");
        Board.Accepted(BoardFixture.Event());
        Board.Accepted(BoardFixture.Event("e2"));
        _fixture.Relays(3);
        _fixture.Delivers("ann@shop.example");
        Board.Released(_fixture.Throttles(1, "ann@work.example", "ann@home.example"));
        _fixture.Rejects(1);

        _fixture.Counters.Webhooks().ShouldBe(new WebhookTotals(1, 1, 2));
        Enum.GetValues<Counted>().Select(_fixture.Counters.Total).ShouldBe([2, 1, 1, 2, 1, 2, 0]);
        Board.Summary().Relaying.ShouldBe(0);
    }

    [Fact]
    public async Task Board_can_be_told_by_many_threads_while_it_is_read()
    {
        await Parallel.ForAsync(0, 8, TestContext.Current.CancellationToken, (thread, _) =>
        {
            for (var number = 0; number < 500; number++)
            {
                var happened = BoardFixture.Event($"e{number}");
                Board.Accepted(happened);
                Board.Taken(happened);
                Board.Delivered(happened, $"ann@shop{thread}.example", TimeSpan.FromMilliseconds(1));
                Board.ChangedSince(0);
            }

            return ValueTask.CompletedTask;
        });

        _fixture.Rows().Count.ShouldBe(500);
        _fixture.Counters.Total(Counted.Delivered).ShouldBe(4000);
    }
}
