using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Telemetry;
using KlaviyoRelay.Dashboard.Watch;

namespace KlaviyoRelay.Tests.Dashboard.Watch;

/// <summary>What the board says of an event, whatever happens to it.</summary>
public sealed class EventStateTests
{
    private readonly BoardFixture _fixture = new();

    private EventBoard Board => _fixture.Board;

    [Fact]
    public void Event_is_queued_then_relayed_then_delivered()
    {
        Board.Accepted(BoardFixture.Event());
        ShouldBe(EventState.Queued, 0, null);
        Board.Taken(BoardFixture.Event() with { Attempts = 0 });
        ShouldBe(EventState.Relaying, 0, null);
        Board.FannedOut(BoardFixture.Event(), 2);
        _fixture.Delivers("ann@shop.example");
        ShouldBe(EventState.Relaying, 1, 2);
        _fixture.Delivers("ann@work.example");
        ShouldBe(EventState.Delivered, 2, 2);
        _fixture.Row().LatencyMs.ShouldBe(40);
    }

    [Fact]
    public void Event_is_delivered_when_its_acceptance_is_told_last()
    {
        _fixture.Relays(1);
        _fixture.Delivers("ann@shop.example");
        Board.Accepted(BoardFixture.Event());

        ShouldBe(EventState.Delivered, 1, 1);
    }

    [Fact]
    public void Event_waits_while_its_letter_is_throttled_and_is_queued_when_that_is_released()
    {
        _fixture.Relays(3);
        _fixture.Delivers("ann@shop.example");
        var letter = _fixture.Throttles(1, "ann@work.example", "ann@home.example");
        ShouldBe(EventState.Throttled, 1, 3);
        _fixture.Row().Reason.ShouldBe("throttled");
        _fixture.Row().Until.ShouldBe(letter.ReleaseAt);
        Board.Summary().NextRelease.ShouldBe(letter.ReleaseAt);

        Board.Released(letter);
        ShouldBe(EventState.Queued, 1, 3);
        _fixture.Row().Until.ShouldBeNull();
        Board.Summary().NextRelease.ShouldBeNull();

        _fixture.Relays(2, attempts: 1);
        ShouldBe(EventState.Relaying, 1, 3);
        _fixture.Row().Attempts.ShouldBe(1);
        _fixture.Delivers("ann@work.example", "ann@home.example");
        ShouldBe(EventState.Delivered, 3, 3);
    }

    [Fact]
    public void Release_that_is_told_after_the_relay_has_taken_the_event_changes_nothing()
    {
        _fixture.Relays(1);
        var letter = _fixture.Throttles(1, "ann@shop.example");
        _fixture.Clock.Advance(TimeSpan.FromMinutes(15));
        Board.Taken(BoardFixture.Event() with { Attempts = 1 });
        Board.Released(letter);

        ShouldBe(EventState.Relaying, 0, 1);
    }

    [Fact]
    public void Event_waits_until_each_of_its_letters_is_released()
    {
        _fixture.Relays(2);
        var first = _fixture.Throttles(1, "ann@shop.example");
        var second = _fixture.Throttles(1, TimeSpan.FromMinutes(20), "ann@work.example");
        Board.Released(first);
        _fixture.Relays(1, attempts: 1);
        _fixture.Delivers("ann@shop.example");
        ShouldBe(EventState.Throttled, 1, 2);
        _fixture.Row().Until.ShouldBe(second.ReleaseAt);

        Board.Released(second);
        _fixture.Relays(1, attempts: 1);
        _fixture.Delivers("ann@work.example");
        ShouldBe(EventState.Delivered, 2, 2);
    }

    [Fact]
    public void Event_is_rejected_when_one_of_its_letters_is_and_stays_so_when_another_is_released()
    {
        _fixture.Relays(2);
        _fixture.Rejects(1, "ann@shop.example");
        var throttled = _fixture.Throttles(1, "ann@work.example");
        ShouldBe(EventState.Rejected, 0, 2);
        _fixture.Row().Reason.ShouldBe("invalid");

        Board.Released(throttled);
        _fixture.Relays(1, attempts: 1);
        // The batch failed, and is read again.
        _fixture.Relays(1, attempts: 1);
        _fixture.Delivers("ann@work.example");

        ShouldBe(EventState.Rejected, 1, 2);
    }

    [Fact]
    public void Event_is_relayed_again_when_its_rejected_letter_is_redriven()
    {
        _fixture.Relays(1);
        _fixture.Rejects(1, "ann@shop.example");

        _fixture.Relays(1, attempts: 1);
        ShouldBe(EventState.Relaying, 0, 1);
        _fixture.Rejects(2, "ann@shop.example");
        ShouldBe(EventState.Rejected, 0, 1);
        _fixture.Relays(1, attempts: 2);
        _fixture.Delivers("ann@shop.example");

        ShouldBe(EventState.Delivered, 1, 1);
        _fixture.Row().Reason.ShouldBeNull();
    }

    [Fact]
    public void Event_still_waits_when_its_rejected_letter_is_redriven_beside_a_throttled_one()
    {
        _fixture.Relays(2);
        _fixture.Throttles(1, "ann@shop.example");
        _fixture.Rejects(1, "ann@work.example");

        _fixture.Relays(1, attempts: 1);
        _fixture.Delivers("ann@work.example");

        ShouldBe(EventState.Throttled, 1, 2);
    }

    [Fact]
    public void Event_that_was_given_up_is_rejected_and_is_relayed_when_it_is_redriven()
    {
        _fixture.Relays(1);
        var letter = _fixture.Throttles(1, "ann@shop.example");
        _fixture.Rejects(letter with { Reason = DeadLetterReason.ThrottledTooLong, ReleaseAt = null });
        ShouldBe(EventState.Rejected, 0, 1);
        _fixture.Row().Until.ShouldBeNull();
        _fixture.Row().Reason.ShouldBe("throttled-too-long");
        Board.Summary().NextRelease.ShouldBeNull();

        _fixture.Relays(1, attempts: 1);

        ShouldBe(EventState.Relaying, 0, 1);
    }

    [Fact]
    public void Letter_that_is_written_twice_waits_once()
    {
        _fixture.Relays(1);
        _fixture.Throttles(1, "ann@shop.example");
        _fixture.Relays(1);
        var letter = _fixture.Throttles(1, "ann@shop.example");

        Board.Released(letter);

        ShouldBe(EventState.Queued, 0, 1);
    }

    [Fact]
    public void Event_whose_customer_could_not_be_looked_up_has_no_total_until_it_can()
    {
        Board.Taken(BoardFixture.Event() with { Attempts = 0 });
        var letter = _fixture.Throttles(1);
        ShouldBe(EventState.Throttled, 0, null);

        Board.Released(letter);
        _fixture.Relays(2, attempts: 1);

        ShouldBe(EventState.Relaying, 0, 2);
    }

    [Fact]
    public void Event_that_is_delivered_twice_counts_each_email_once()
    {
        _fixture.Relays(2);
        _fixture.Delivers("ann@shop.example", "ann@work.example");
        Board.Accepted(BoardFixture.Event());
        _fixture.Relays(2);
        _fixture.Delivers("ann@shop.example", "ann@work.example");

        ShouldBe(EventState.Delivered, 2, 2);
        _fixture.Rows().ShouldHaveSingleItem().Emails.Count.ShouldBe(2);
    }

    [Fact]
    public void Delivered_is_never_above_the_total_when_a_batch_is_read_again_in_the_middle()
    {
        _fixture.Relays(2);
        var letter = _fixture.Throttles(1, "ann@shop.example", "ann@work.example");
        Board.Released(letter);
        _fixture.Relays(2, attempts: 1);
        _fixture.Delivers("ann@shop.example");
        _fixture.Relays(2, attempts: 1);
        _fixture.Delivers("ann@shop.example", "ann@work.example");

        ShouldBe(EventState.Delivered, 2, 2);
    }

    [Fact]
    public void Event_is_skipped_when_the_customer_has_no_email()
    {
        Board.Taken(BoardFixture.Event() with { Attempts = 0 });
        Board.Skipped(BoardFixture.Event(), SkipReasons.NoEmail, 1);
        Board.FannedOut(BoardFixture.Event(), 0);

        ShouldBe(EventState.Skipped, 0, 0);
        _fixture.Row().Reason.ShouldBe("no-email");
    }

    [Fact]
    public void Event_is_delivered_to_the_emails_that_were_not_skipped_before_or_after_the_fan_out()
    {
        Board.Taken(BoardFixture.Event() with { Attempts = 0 });
        Board.Skipped(BoardFixture.Event(), SkipReasons.Invalid, 4);
        Board.FannedOut(BoardFixture.Event(), 3);
        Board.Skipped(BoardFixture.Event(), SkipReasons.NoProfile, 1);
        ShouldBe(EventState.Relaying, 0, 2);
        _fixture.Delivers("ann@shop.example", "ann@work.example");

        ShouldBe(EventState.Delivered, 2, 2);
        _fixture.Row().Reason.ShouldBeNull();
        _fixture.Counters.Total(Counted.Skipped).ShouldBe(5);
    }

    private void ShouldBe(EventState state, int delivered, int? total) =>
        (_fixture.Row().State, _fixture.Row().Delivered, _fixture.Row().Total).ShouldBe((state, delivered, total));
}
