using KlaviyoRelay.Core;
using KlaviyoRelay.Core.Conversations;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.LocalHost.Azurite;

namespace KlaviyoRelay.Tests.Work;

/// <summary>A letter that its queue does not take: it waits elsewhere, and nothing else suffers from it.</summary>
public sealed class RefusedLetterTests : IDisposable
{
    private static readonly DeliveryFailure Throttled = new(DeadLetterReason.Throttled, "Klaviyo answered 429.");
    private static readonly DeliveryFailure Invalid = new(DeadLetterReason.Invalid, "Klaviyo answered 400.");

    private readonly RelayFixture _relay = new();

    public void Dispose() => _relay.Dispose();

    [Fact]
    public async Task Batch_is_done_and_its_good_events_are_sent_once_when_the_rejected_queue_is_full()
    {
        _relay.Queue.Down.Add(QueueNames.DeadLetterRejected);
        var events = _relay.Klaviyo.On(HttpMethod.Post, StubApiExtensions.Events).Reply(202);
        _relay.Klaviyo.On(HttpMethod.Post, StubApiExtensions.Events, request => request.Body.Contains("bad@s.example", StringComparison.Ordinal)).Reply(400);

        await _relay.RelayAsync(new RelayMessageBuilder().Id("e1").Retried(0, TestClock.Start, "good@s.example"), new RelayMessageBuilder().Id("e2").Retried(0, TestClock.Start, "bad@s.example"));

        events.Count.ShouldBe(1);
        _relay.Queue.Throttled.ShouldHaveSingleItem().Event.Id.ShouldBe("e2");
        _relay.Clock.Elapsed.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task Rejected_letter_waits_among_the_throttled_ones_with_its_reason()
    {
        _relay.Queue.Down.Add(QueueNames.DeadLetterRejected);

        await WriteAsync(Undelivered("e1", Invalid));

        var letter = _relay.Queue.Throttled.ShouldHaveSingleItem();
        (letter.Reason, letter.Detail, letter.Attempts).ShouldBe((DeadLetterReason.Invalid, Invalid.Detail, 1));
        letter.ReleaseAt.ShouldBe(TestClock.Start.AddMinutes(15));
        _relay.Queue.On(QueueNames.DeadLetterThrottled).ShouldHaveSingleItem().NotBefore.ShouldBe(letter.ReleaseAt);
    }

    [Fact]
    public async Task Throttled_letters_event_is_tried_again_at_its_time_when_the_throttled_queue_is_full()
    {
        _relay.Queue.Down.Add(QueueNames.DeadLetterThrottled);

        await WriteAsync(Undelivered("e1", Throttled));

        var again = _relay.Queue.Fresh.ShouldHaveSingleItem();
        again.SessionId.ShouldBe("main");
        again.NotBefore.GetValueOrDefault().ShouldBeInRange(TestClock.Start.AddMinutes(15), TestClock.Start.AddMinutes(16.5));
        var message = RelayWork.Reader.Read(again.Body).ShouldNotBeNull();
        (message.Attempts, message.FirstFailureAt, message.Emails?[0]).ShouldBe((1, TestClock.Start, "ann@s.example"));
        _relay.Queue.Rejected.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(DeadLetterReason.Throttled)]
    [InlineData(DeadLetterReason.Invalid)]
    public async Task Event_is_tried_again_later_when_both_dead_letter_queues_are_full(DeadLetterReason reason)
    {
        _relay.Queue.Down.UnionWith([QueueNames.DeadLetterThrottled, QueueNames.DeadLetterRejected]);

        await WriteAsync(Undelivered("e1", new(reason, "detail")));

        _relay.Queue.Fresh.ShouldHaveSingleItem().NotBefore.GetValueOrDefault().ShouldBeGreaterThanOrEqualTo(TestClock.Start.AddMinutes(15));
        _relay.Clock.Elapsed.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task Throttled_letter_is_parked_when_no_other_queue_takes_it()
    {
        _relay.Queue.Down.UnionWith([QueueNames.DeadLetterThrottled, QueueNames.ConversationEvents]);

        await WriteAsync(Undelivered("e1", Throttled));

        var letter = _relay.Queue.Rejected.ShouldHaveSingleItem();
        (letter.Reason, letter.ReleaseAt).ShouldBe((DeadLetterReason.Throttled, null));
    }

    [Fact]
    public async Task One_refused_letter_of_many_waits_elsewhere_and_the_others_are_written_once()
    {
        Refuse(QueueNames.DeadLetterRejected, "e3");

        await WriteAsync([.. Enumerable.Range(1, 6).Select(number => Undelivered($"e{number}", Invalid))]);

        _relay.Queue.Rejected.Select(letter => letter.Event.Id).ShouldBe(["e1", "e2", "e4", "e5", "e6"]);
        _relay.Queue.Throttled.ShouldHaveSingleItem().Event.Id.ShouldBe("e3");
    }

    [Fact]
    public async Task Queue_that_refuses_everything_is_not_asked_for_each_letter()
    {
        var asked = 0;
        _relay.Queue.Refuses = (queue, _) => queue == QueueNames.DeadLetterRejected && ++asked > 0 ? "Full." : null;

        await WriteAsync([.. Enumerable.Range(1, 200).Select(number => Undelivered($"e{number}", Invalid))]);

        asked.ShouldBe(3);
        _relay.Queue.Throttled.Count.ShouldBe(200);
    }

    [Fact]
    public async Task Letters_that_were_accepted_are_not_written_again_while_others_wait_for_the_broker()
    {
        var down = true;
        _relay.Queue.Refuses = (_, message) => down && message.Body.Contains("\"id\":\"e2\"", StringComparison.Ordinal) ? "Away." : null;
        _relay.Queue.OnSend = () => down = _relay.Clock.Elapsed < TimeSpan.FromSeconds(3);

        await WriteAsync(Undelivered("e1", Invalid), Undelivered("e2", Invalid), Undelivered("e3", Throttled));

        _relay.Queue.Rejected.Select(letter => letter.Event.Id).ShouldBe(["e1", "e2"]);
        _relay.Queue.Throttled.ShouldHaveSingleItem().Event.Id.ShouldBe("e3");
        _relay.Queue.Fresh.ShouldBeEmpty();
    }

    [Fact]
    public async Task Broker_that_is_away_gets_31_seconds()
    {
        _relay.Queue.Down.Add("*");

        var exception = await Should.ThrowAsync<QueueUnavailableException>(WriteAsync(Undelivered("e1", Invalid)));

        exception.Message.ShouldBe("The queue conversation-events does not answer.");
        _relay.Clock.Elapsed.ShouldBe(TimeSpan.FromSeconds(31));
    }

    [Fact]
    public async Task Refusal_is_told_although_another_letter_was_taken_after_it()
    {
        _relay.Queue.Refuses = (queue, message) =>
            message.Body.Contains("\"id\":\"e1\"", StringComparison.Ordinal) ? "Too large."
            : queue != QueueNames.DeadLetterRejected || _relay.Clock.Elapsed < TimeSpan.FromSeconds(31) ? "Full."
            : null;

        var exception = await Should.ThrowAsync<QueueUnavailableException>(WriteAsync(Undelivered("e1", Invalid), Undelivered("e2", Throttled)));

        exception.Message.ShouldBe("Too large.");
        _relay.Queue.Rejected.ShouldHaveSingleItem().Event.Id.ShouldBe("e2");
    }

    [Fact]
    public async Task Letter_alone_is_offered_to_each_queue_once()
    {
        var asked = new List<string>();
        _relay.Queue.Refuses = (queue, _) =>
        {
            asked.Add(queue);
            return queue == QueueNames.ConversationEvents ? null : "Full.";
        };

        await WriteAsync(Undelivered("e1", Invalid));

        asked.ShouldBe([QueueNames.DeadLetterRejected, QueueNames.DeadLetterThrottled, QueueNames.ConversationEvents]);
    }

    [Fact]
    public async Task Last_refusal_is_logged_when_letters_are_refused_together_and_each_by_itself()
    {
        var asked = 0;
        _relay.Queue.Refuses = (queue, _) => queue == QueueNames.DeadLetterRejected ? $"Refusal {++asked}." : null;

        await WriteAsync(Undelivered("e1", Invalid), Undelivered("e2", Invalid));

        _relay.Logs.Lines.ShouldContain("2 message(s) could not be written to dead-letter-rejected; another queue is tried: Refusal 3.");
    }

    [Fact]
    public async Task Refusal_is_logged_without_what_the_letter_holds()
    {
        _relay.Queue.Down.Add(QueueNames.DeadLetterRejected);

        await WriteAsync(Undelivered("e1", Invalid));

        _relay.Logs.Lines.ShouldContain(line => line.Contains("1 message(s) could not be written to dead-letter-rejected; another queue is tried", StringComparison.Ordinal));
        _relay.Logs.Lines.ShouldNotContain(line => line.Contains("s.example", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Letter_with_the_longest_texts_fits_the_smallest_queue()
    {
        var message = new RelayMessageBuilder()
            .Event(one => one with { Subject = new string('"', 1000), Link = $"https://s.example/{new string('x', 980)}", Channel = new string('"', 200) })
            .Message;
        var failure = new DeliveryFailure(DeadLetterReason.Invalid, new string('"', 1000));

        await WriteAsync([.. Enumerable.Range(0, 100).Select(number => new Undelivered(message, $"{number:D3}{new string('a', 87)}@s.example", failure))]);

        var letter = _relay.Queue.On(QueueNames.DeadLetterRejected).ShouldHaveSingleItem();
        QueueEnvelope.Of(letter).Encode().Length.ShouldBeLessThan(64 * 1024);
    }

    private void Refuse(string queue, string id) => _relay.Queue.Refuses = (name, message) =>
        name == queue && message.Body.Contains($"\"id\":\"{id}\"", StringComparison.Ordinal) ? "Too large." : null;

    private static Undelivered Undelivered(string id, DeliveryFailure failure) => new(new RelayMessageBuilder().Id(id).Message, "ann@s.example", failure);

    private Task WriteAsync(params Undelivered[] undelivered) => _relay.WriteAsync(undelivered);
}
