using KlaviyoRelay.Core.DeadLetters;
using KlaviyoRelay.Core.Queueing;

namespace KlaviyoRelay.Tests.DeadLetters;

/// <summary>How letters leave their queues again.</summary>
public sealed class LetterMovesTests : IDisposable
{
    private readonly RelayFixture _relay = new();

    public void Dispose() => _relay.Dispose();

    [Fact]
    public async Task Released_letter_goes_round_again_with_what_is_still_to_do()
    {
        await ReleaseAsync(Letter("e1") with { Attempts = 3, Emails = ["ann@shop.example"] });

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

        await ReleaseAsync(Letter("e1") with { FirstFailureAt = first, LastFailureAt = TestClock.Start, Detail = "Klaviyo answered 429." });

        _relay.Queue.Fresh.Count.ShouldBe(again ? 1 : 0);
        if (!again)
        {
            var parked = _relay.Queue.Rejected.ShouldHaveSingleItem();
            parked.Reason.ShouldBe(DeadLetterReason.ThrottledTooLong);
            parked.Detail.ShouldBe("Klaviyo answered 429.");
            parked.ReleaseAt.ShouldBeNull();
        }
    }

    [Theory]
    [InlineData(0, 24)]
    [InlineData(0, 200)]
    [InlineData(20, 30)]
    public async Task Letter_is_tried_after_its_hold_however_long_that_was(int hoursOfTries, int hoursAtRelease)
    {
        _relay.Clock.Advance(TimeSpan.FromHours(hoursAtRelease));

        await ReleaseAsync(Letter("e1") with { FirstFailureAt = TestClock.Start, LastFailureAt = TestClock.Start.AddHours(hoursOfTries) });

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
    public async Task Release_is_done_again_when_the_queue_does_not_take_it()
    {
        _relay.Queue.Down.Add(QueueNames.ConversationEvents);

        await Should.ThrowAsync<QueueUnavailableException>(ReleaseAsync(Letter("e1")));
    }

    [Fact]
    public async Task Redriven_letter_begins_its_time_anew()
    {
        await RedriveAsync(_relay, Letter("e1") with { Reason = DeadLetterReason.Unauthorized, FirstFailureAt = TestClock.Start.AddDays(-30), LastFailureAt = TestClock.Start });

        Read(_relay.Queue.Fresh.ShouldHaveSingleItem()).FirstFailureAt.ShouldBeNull();
        _relay.Queue.Rejected.ShouldBeEmpty();
    }

    [Fact]
    public async Task Letters_of_other_reasons_are_put_back_and_not_seen_again_at_once()
    {
        using var relay = new RelayFixture(("Redrive__Reasons", "unauthorized, customer-not-found"));

        await RedriveAsync(relay, Letter("e1") with { Reason = DeadLetterReason.Invalid }, Letter("e2") with { Reason = DeadLetterReason.CustomerNotFound });

        Read(relay.Queue.Fresh.ShouldHaveSingleItem()).Event.Id.ShouldBe("e2");
        var back = relay.Queue.On(QueueNames.DeadLetterRejected).ShouldHaveSingleItem();
        back.Body.ShouldContain("\"id\":\"e1\"");
        back.NotBefore.ShouldBe(TestClock.Start.AddMinutes(15));
        // Under its old id a broker that drops repeats would drop it.
        back.MessageId.ShouldNotBe(DeadLetterSerializer.ToQueueMessage(Letter("e1") with { Reason = DeadLetterReason.Invalid }, null).MessageId);
    }

    [Fact]
    public async Task Letter_that_was_refused_again_stays_parked()
    {
        var redrive = _relay.Get<RejectedRedrive>();
        _relay.Clock.Advance(TimeSpan.FromMinutes(1));

        await redrive.RedriveAsync([Body(Letter("e1") with { LastFailureAt = _relay.Clock.GetUtcNow() })], TestContext.Current.CancellationToken);

        _relay.Queue.Fresh.ShouldBeEmpty();
        _relay.Queue.Rejected.ShouldHaveSingleItem().Event.Id.ShouldBe("e1");
    }

    private static DeadLetter Letter(string id) => new()
    {
        Version = DeadLetter.CurrentVersion,
        Event = new RelayMessageBuilder().Id(id).Message.Event,
        Reason = DeadLetterReason.Throttled,
        Detail = "Klaviyo answered 429.",
        Attempts = 1,
        FirstFailureAt = TestClock.Start,
        LastFailureAt = TestClock.Start,
    };

    private static string Body(DeadLetter letter) => DeadLetterSerializer.ToQueueMessage(letter, null).Body;

    private static RelayMessage Read(QueueMessage message) => RelayMessageSerializer.Read(message.Body) ?? throw new InvalidOperationException("The message can't be read.");

    private static Task RedriveAsync(RelayFixture relay, params DeadLetter[] letters) =>
        relay.Get<RejectedRedrive>().RedriveAsync([.. letters.Select(Body)], TestContext.Current.CancellationToken);

    private Task ReleaseAsync(params DeadLetter[] letters) =>
        _relay.Get<ThrottledRelease>().ReleaseAsync([.. letters.Select(Body)], TestContext.Current.CancellationToken);
}
