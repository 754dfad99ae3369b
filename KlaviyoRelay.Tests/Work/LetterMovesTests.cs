using KlaviyoRelay.Core;
using KlaviyoRelay.Core.Conversations;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Tests.Work;

/// <summary>How letters leave their queues again.</summary>
public sealed class LetterMovesTests : IDisposable
{
    private readonly RelayFixture _relay = new();

    public void Dispose() => _relay.Dispose();

    [Fact]
    public async Task Released_letter_goes_round_again_with_what_is_still_to_do()
    {
        await ReleaseAsync(Letter("e1") with { Message = new RelayMessageBuilder().Retried(3, TestClock.Start, "ann@shop.example").Message });

        var message = Read(_relay.Queue.Fresh.ShouldHaveSingleItem());
        message.Attempts.ShouldBe(3);
        message.FirstFailureAt.ShouldBe(TestClock.Start);
        message.Emails.ShouldBe(["ann@shop.example"]);
        message.Event.Id.ShouldBe("e1");
        _relay.Queue.Fresh[0].SessionId.ShouldBe("main");
        _relay.Queue.Fresh[0].NotBefore.ShouldBeNull();
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    public async Task Letter_is_given_up_when_it_has_been_tried_for_a_day(int secondsOverADay, bool again)
    {
        var first = TestClock.Start.AddDays(-1).AddSeconds(-secondsOverADay);

        await ReleaseAsync(Letter("e1", first) with { LastFailureAt = TestClock.Start, Detail = "Klaviyo answered 429." });

        _relay.Queue.Fresh.Count.ShouldBe(again ? 1 : 0);
        if (!again)
        {
            var parked = _relay.Queue.Rejected.ShouldHaveSingleItem();
            parked.Reason.ShouldBe(DeadLetterReason.ThrottledTooLong);
            parked.Detail.ShouldBe("Klaviyo answered 429.");
            parked.ReleaseAt.ShouldBeNull();
            _relay.Logs.Lines.ShouldContain("Released 0 throttled letter(s); parked 1; 0 could not be moved and stay(s) for another hold.");
        }
    }

    [Theory]
    [InlineData(0, 24)]
    [InlineData(0, 200)]
    [InlineData(20, 30)]
    public async Task Letter_is_tried_after_its_hold_however_long_that_was(int hoursOfTries, int hoursAtRelease)
    {
        _relay.Clock.Advance(TimeSpan.FromHours(hoursAtRelease));

        await ReleaseAsync(Letter("e1") with { LastFailureAt = TestClock.Start.AddHours(hoursOfTries) });

        _relay.Queue.Fresh.Count.ShouldBe(1);
        _relay.Queue.Rejected.ShouldBeEmpty();
    }

    [Fact]
    public async Task Unreadable_letter_is_set_aside_and_holds_no_other_up()
    {
        await _relay.Get<ThrottledRelease>().ReleaseAsync(["{}", Body(Letter("e1"))], TestContext.Current.CancellationToken);

        _relay.Queue.Fresh.Select(message => message.SessionId).ShouldBe(["-unreadable-", "main"]);
    }

    [Fact]
    public async Task Letter_is_held_again_when_the_events_queue_does_not_take_it()
    {
        _relay.Queue.Down.Add(QueueNames.ConversationEvents);

        await ReleaseAsync(Letter("e1"), Letter("e2"));

        _relay.Queue.Throttled.Select(letter => letter.Event.Id).ShouldBe(["e1", "e2"]);
        _relay.Queue.Throttled.ShouldAllBe(letter => letter.Attempts == 1 && letter.Reason == DeadLetterReason.Throttled);
        _relay.Queue.On(QueueNames.DeadLetterThrottled).ShouldAllBe(message => message.NotBefore == TestClock.Start.AddMinutes(15));
    }

    [Fact]
    public async Task Letter_is_parked_with_its_reason_when_it_can_neither_be_released_nor_held()
    {
        _relay.Queue.Down.UnionWith([QueueNames.ConversationEvents, QueueNames.DeadLetterThrottled]);

        await ReleaseAsync(Letter("e1"));

        _relay.Queue.Rejected.ShouldHaveSingleItem().Reason.ShouldBe(DeadLetterReason.Throttled);
    }

    [Fact]
    public async Task Release_is_done_again_when_no_queue_takes_the_letter()
    {
        _relay.Queue.Down.Add("*");

        await Should.ThrowAsync<QueueUnavailableException>(ReleaseAsync(Letter("e1")));
    }

    [Fact]
    public async Task Others_are_released_and_none_of_them_twice_when_one_letter_is_refused()
    {
        var refused = MessageWriter.ToQueueMessage(Letter("e2").Message).MessageId;
        _relay.Queue.Refuses = (queue, message) => queue == QueueNames.ConversationEvents && message.MessageId == refused ? "Too large." : null;

        await ReleaseAsync(Letter("e1"), Letter("e2"), Letter("e3"), Letter("e4"));

        _relay.Queue.Fresh.Select(message => Read(message).Event.Id).ShouldBe(["e1", "e3", "e4"]);
        _relay.Queue.Throttled.ShouldHaveSingleItem().Event.Id.ShouldBe("e2");
        _relay.Logs.Lines.ShouldContain("Released 3 throttled letter(s); parked 0; 1 could not be moved and stay(s) for another hold.");
    }

    [Theory]
    [InlineData(DeadLetterReason.Invalid, 0)]
    [InlineData(DeadLetterReason.Unauthorized, 3)]
    [InlineData(DeadLetterReason.ThrottledTooLong, 3)]
    public async Task Letter_for_a_person_that_had_to_wait_goes_to_its_own_queue_and_is_not_tried_again(DeadLetterReason reason, int days)
    {
        await ReleaseAsync(Letter("e1", TestClock.Start.AddDays(-days)) with { Reason = reason, ReleaseAt = TestClock.Start });

        _relay.Queue.Fresh.ShouldBeEmpty();
        var parked = _relay.Queue.Rejected.ShouldHaveSingleItem();
        (parked.Reason, parked.ReleaseAt).ShouldBe((reason, null));
    }

    [Fact]
    public async Task Letter_for_a_person_is_held_again_while_its_own_queue_does_not_take_it()
    {
        _relay.Queue.Down.Add(QueueNames.DeadLetterRejected);

        await ReleaseAsync(Letter("e1") with { Reason = DeadLetterReason.Invalid }, Letter("e2", TestClock.Start.AddDays(-2)), Letter("e3"));

        _relay.Queue.Throttled.Select(letter => (letter.Event.Id, letter.Reason)).ShouldBe([("e1", DeadLetterReason.Invalid), ("e2", DeadLetterReason.ThrottledTooLong)]);
        Read(_relay.Queue.Fresh.ShouldHaveSingleItem()).Event.Id.ShouldBe("e3");
    }

    [Fact]
    public async Task Letters_are_released_in_the_order_in_which_their_events_happened()
    {
        string[] ids = ["e2", "e1", "e3"];

        await ReleaseAsync([.. ids.Select(id => Letter(id) with
        {
            Message = new RelayMessageBuilder().Retried(1, TestClock.Start).Id(id).Event(one => one with { OccurredAt = TestClock.Start.AddMinutes(id[1]) }).Message,
        })]);

        _relay.Queue.Fresh.Select(message => Read(message).Event.Id).ShouldBe(["e1", "e2", "e3"]);
    }

    [Fact]
    public void Redriven_letter_begins_its_time_anew_in_the_session_of_its_account()
    {
        var message = MessageWriter.ToRedriven(Letter("e1", TestClock.Start.AddDays(-30)) with { Reason = DeadLetterReason.Unauthorized }).Message;

        Read(message).FirstFailureAt.ShouldBeNull();
        message.SessionId.ShouldBe("main");
    }

    [Fact]
    public void Redriven_letter_has_an_id_of_its_content_alone()
    {
        var letter = Letter("e1") with { Reason = DeadLetterReason.Invalid };

        var again = letter with { LastFailureAt = letter.LastFailureAt.AddHours(1), Detail = "Another answer.", ReleaseAt = TestClock.Start };

        MessageWriter.ToRedriven(again).Message.MessageId.ShouldBe(MessageWriter.ToRedriven(letter).Message.MessageId);
        MessageWriter.ToRedriven(Letter("e1", attempts: 2)).Message.MessageId.ShouldNotBe(MessageWriter.ToRedriven(letter).Message.MessageId);
    }

    private static DeadLetter Letter(string id, DateTimeOffset? firstFailureAt = null, int attempts = 1) => new()
    {
        Message = new RelayMessageBuilder().Id(id).Message with { Attempts = attempts, FirstFailureAt = firstFailureAt ?? TestClock.Start },
        Reason = DeadLetterReason.Throttled,
        Detail = "Klaviyo answered 429.",
        LastFailureAt = TestClock.Start,
    };

    private static string Body(DeadLetter letter) => MessageWriter.ToQueueMessage(letter, null).Body;

    private static RelayMessage Read(QueueMessage message) => RelayWork.Reader.Read(message.Body) ?? throw new InvalidOperationException("The message can't be read.");

    private Task ReleaseAsync(params DeadLetter[] letters) =>
        _relay.Get<ThrottledRelease>().ReleaseAsync([.. letters.Select(Body)], TestContext.Current.CancellationToken);
}
