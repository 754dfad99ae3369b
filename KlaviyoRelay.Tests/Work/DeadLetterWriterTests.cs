using KlaviyoRelay.Core.Conversations;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Tests.Work;

public sealed class DeadLetterWriterTests : IDisposable
{
    private static readonly DeliveryFailure Throttled = new(DeadLetterReason.Throttled, "Klaviyo answered 429.");
    private static readonly DeliveryFailure Invalid = new(DeadLetterReason.Invalid, "Klaviyo answered 400.");

    private readonly RelayFixture _relay = new();

    public void Dispose() => _relay.Dispose();

    [Theory]
    [InlineData(DeadLetterReason.Throttled, true)]
    [InlineData(DeadLetterReason.Unavailable, true)]
    [InlineData(DeadLetterReason.Invalid, false)]
    [InlineData(DeadLetterReason.Unauthorized, false)]
    [InlineData(DeadLetterReason.Forbidden, false)]
    [InlineData(DeadLetterReason.CustomerNotFound, false)]
    [InlineData(DeadLetterReason.NotConfigured, false)]
    public async Task Reason_decides_the_queue_and_whether_the_letter_is_released_by_itself(DeadLetterReason reason, bool transient)
    {
        await WriteAsync(Undelivered(new(reason, "detail"), "ann@shop.example"));

        _relay.Queue.Throttled.Count.ShouldBe(transient ? 1 : 0);
        _relay.Queue.Rejected.Count.ShouldBe(transient ? 0 : 1);
        _relay.Queue.On(transient ? QueueNames.DeadLetterThrottled : QueueNames.DeadLetterRejected).ShouldHaveSingleItem()
            .NotBefore.HasValue.ShouldBe(transient);
    }

    [Fact]
    public async Task Letter_keeps_the_first_failure_and_counts_on()
    {
        var first = TestClock.Start.AddHours(-3);
        await WriteAsync(new Undelivered(new RelayMessageBuilder().Retried(4, first, "ann@shop.example").Message, "ann@shop.example", Throttled));

        var letter = _relay.Queue.Throttled.ShouldHaveSingleItem();
        letter.Attempts.ShouldBe(5);
        letter.FirstFailureAt.ShouldBe(first);
        letter.LastFailureAt.ShouldBe(TestClock.Start);
    }

    [Fact]
    public async Task Emails_of_one_message_that_failed_alike_share_a_letter()
    {
        await WriteAsync(
            Undelivered(Throttled, "ann@shop.example"),
            Undelivered(Throttled, "bob@shop.example"),
            Undelivered(Throttled, "ANN@shop.example"));

        _relay.Queue.Throttled.ShouldHaveSingleItem().Emails.ShouldBe(["ann@shop.example", "bob@shop.example"]);
    }

    [Fact]
    public async Task Emails_that_failed_differently_have_letters_of_their_own()
    {
        await WriteAsync(
            Undelivered(Throttled, "a@s.example"),
            Undelivered(new(DeadLetterReason.Unavailable, "Klaviyo answered 500."), "b@s.example"),
            Undelivered(Invalid, "c@s.example"),
            Undelivered(Invalid with { Detail = "Another." }, "d@s.example"));

        _relay.Queue.Throttled.Select(letter => letter.Reason).ShouldBe([DeadLetterReason.Throttled, DeadLetterReason.Unavailable]);
        _relay.Queue.Rejected.Select(letter => letter.Detail).ShouldBe(["Klaviyo answered 400.", "Another."]);
        AllIds().ShouldBeUnique();
    }

    [Fact]
    public async Task Messages_have_letters_of_their_own()
    {
        await WriteAsync(
            new Undelivered(new RelayMessageBuilder().Id("e1").Message, "ann@shop.example", Throttled),
            new Undelivered(new RelayMessageBuilder().Id("e2").Message, "ann@shop.example", Throttled));

        _relay.Queue.Throttled.Select(letter => letter.Event.Id).ShouldBe(["e1", "e2"]);
        AllIds().ShouldBeUnique();
    }

    [Fact]
    public async Task Letter_holds_100_emails_at_most()
    {
        await WriteAsync([.. Enumerable.Range(0, 450).Select(number => Undelivered(Throttled, $"{number:D3}{new string('a', 80)}@shop.example"))]);

        _relay.Queue.Throttled.Select(letter => letter.Emails?.Count).ShouldBe([100, 100, 100, 100, 50]);
        AllIds().ShouldBeUnique();
        _relay.Queue.On(QueueNames.DeadLetterThrottled).ShouldAllBe(message => message.Body.Length < 48 * 1024);
    }

    [Theory]
    [InlineData(null, 900)]
    [InlineData(60, 900)]
    [InlineData(900, 900)]
    [InlineData(3600, 3600)]
    public async Task Letter_is_released_after_the_longer_of_the_hold_and_what_the_far_end_asked_or_up_to_a_tenth_later(int? asked, int expected)
    {
        await WriteAsync(Undelivered(Throttled with { RetryAfter = asked is { } seconds ? TimeSpan.FromSeconds(seconds) : null }, "ann@shop.example"));

        var letter = _relay.Queue.Throttled.ShouldHaveSingleItem();
        letter.ReleaseAt.GetValueOrDefault().ShouldBeInRange(TestClock.Start.AddSeconds(expected), TestClock.Start.AddSeconds(expected * 1.1));
        _relay.Queue.On(QueueNames.DeadLetterThrottled).ShouldHaveSingleItem().NotBefore.ShouldBe(letter.ReleaseAt);
    }

    [Fact]
    public async Task Hold_is_the_configured_one()
    {
        using var relay = new RelayFixture(("Relay__DeadLetters__Hold", "01:00:00"));

        await relay.WriteAsync(Undelivered(Throttled, "ann@shop.example"));

        relay.Queue.Throttled.ShouldHaveSingleItem().ReleaseAt.GetValueOrDefault().ShouldBeInRange(TestClock.Start.AddMinutes(60), TestClock.Start.AddMinutes(66));
    }

    [Fact]
    public async Task Letter_is_released_at_the_latest_when_it_is_given_up_whatever_the_far_end_asked()
    {
        using var relay = new RelayFixture(("Relay__DeadLetters__GiveUpAfter", "02:00:00"));

        await relay.WriteAsync(Undelivered(Throttled with { RetryAfter = TimeSpan.FromHours(12) }, "ann@shop.example"));

        relay.Queue.Throttled.ShouldHaveSingleItem().ReleaseAt.GetValueOrDefault().ShouldBeInRange(TestClock.Start.AddHours(2), TestClock.Start.AddHours(2.2));
    }

    [Fact]
    public async Task Batch_that_is_read_twice_writes_letters_of_the_same_ids()
    {
        Undelivered[] undelivered = [Undelivered(Throttled, "a@s.example"), Undelivered(Invalid, "b@s.example")];
        await WriteAsync(undelivered);
        _relay.Clock.Advance(TimeSpan.FromMinutes(1));
        await WriteAsync(undelivered);

        var ids = AllIds();
        ids.Count.ShouldBe(4);
        ids.Distinct().Count().ShouldBe(2);
        ids.ShouldAllBe(id => id.Length == 40);
    }

    [Fact]
    public async Task Next_attempt_writes_a_letter_of_another_id()
    {
        await WriteAsync(new Undelivered(new RelayMessageBuilder().Retried(1, TestClock.Start, "a@s.example").Message, "a@s.example", Throttled));
        await WriteAsync(new Undelivered(new RelayMessageBuilder().Retried(2, TestClock.Start, "a@s.example").Message, "a@s.example", Throttled));

        AllIds().ShouldBeUnique();
    }

    [Fact]
    public async Task Nothing_is_sent_when_nothing_failed()
    {
        _relay.Queue.Down.Add("*");

        await WriteAsync();

        _relay.Queue.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Detail_of_a_refused_event_has_its_emails_masked()
    {
        _relay.Klaviyo.On(HttpMethod.Post, StubApiExtensions.Events).Reply(400, """{"errors":[{"title":"Invalid input.","detail":"'ann@shop.example' is on a list.","source":{}}]}""");

        await _relay.RelayAsync(new RelayMessageBuilder().Retried(0, TestClock.Start, "ann@shop.example"));

        _relay.Queue.Rejected.ShouldHaveSingleItem().Detail.ShouldBe("Klaviyo answered 400: Invalid input. 'a•••@s•••.example' is on a list.");
    }

    private static Undelivered Undelivered(DeliveryFailure failure, string email) => new(new RelayMessageBuilder().Message, email, failure);

    private Task WriteAsync(params Undelivered[] undelivered) => _relay.WriteAsync(undelivered);

    private List<string> AllIds() =>
        [.. _relay.Queue.On(QueueNames.DeadLetterThrottled).Concat(_relay.Queue.On(QueueNames.DeadLetterRejected)).Select(message => message.MessageId)];
}
