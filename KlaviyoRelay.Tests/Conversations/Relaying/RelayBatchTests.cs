using KlaviyoRelay.Core.Conversations;
using KlaviyoRelay.Core.Conversations.Relaying;
using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Tests.Conversations.Relaying;

/// <summary>What is left to do of a batch.</summary>
public sealed class RelayBatchTests : IDisposable
{
    private static readonly DeliveryFailure Throttled = new(DeadLetterReason.Throttled, "Klaviyo answered 429.");

    private readonly RelayFixture _relay = new();
    private readonly RelayBatch _batch;

    public RelayBatchTests() => _batch = new(_relay.Budget, TestClock.Start);

    public void Dispose() => _relay.Dispose();

    [Fact]
    public void Emails_that_failed_alike_wait_as_long_as_any_of_them_was_asked_to()
    {
        foreach (var (email, seconds) in new (string, int?)[] { ("a@s.example", null), ("b@s.example", 10), ("c@s.example", 60), ("d@s.example", 20) })
        {
            _batch.Fail(Delivery(email), Throttled with { RetryAfter = seconds is { } wait ? TimeSpan.FromSeconds(wait) : null });
        }

        var work = _batch.FailedWork().ShouldHaveSingleItem();

        work.Failure.RetryAfter.ShouldBe(TimeSpan.FromSeconds(60));
        work.Message.Emails.ShouldBe(["a@s.example", "b@s.example", "c@s.example", "d@s.example"]);
    }

    [Fact]
    public void Message_that_failed_as_a_whole_is_one_work_whatever_email_of_it_failed_alike()
    {
        var message = new RelayMessageBuilder().Message;
        _batch.Fail(Delivery("a@s.example"), Throttled);
        _batch.Fail(message, Throttled);

        _batch.FailedWork().ShouldHaveSingleItem().Message.Emails.ShouldBeNull();
    }

    [Theory]
    [InlineData(DeadLetterReason.Unauthorized, true, true)]
    [InlineData(DeadLetterReason.Outdated, true, true)]
    [InlineData(DeadLetterReason.Forbidden, true, false)]
    [InlineData(DeadLetterReason.Invalid, false, false)]
    public void Account_that_refuses_is_asked_for_nothing_more_but_a_search_that_is_forbidden_forbids_no_event(DeadLetterReason reason, bool byEvent, bool bySearch)
    {
        var failure = new DeliveryFailure(reason, "Klaviyo refused it.");
        var other = new RelayBatch(_relay.Budget, TestClock.Start);

        _batch.Fail(Delivery("a@s.example"), failure);
        other.FailSearch(Delivery("a@s.example"), failure);

        _batch.RefusalOf(_relay.Account("main")).ShouldBe(byEvent ? failure : null);
        other.RefusalOf(_relay.Account("main")).ShouldBe(bySearch ? failure : null);
    }

    private Delivery Delivery(string email) => Core.Conversations.Relaying.Delivery.Of(new RelayMessageBuilder().Message, _relay.Connection("gladly"), _relay.Account("main"), [email]).Single();
}
