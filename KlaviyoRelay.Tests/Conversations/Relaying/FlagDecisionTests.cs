using KlaviyoRelay.Core.Conversations;
using KlaviyoRelay.Core.Conversations.Relaying;
using KlaviyoRelay.Core.Conversations.State;
using KlaviyoRelay.Core.Helpdesks;

namespace KlaviyoRelay.Tests.Conversations.Relaying;

/// <summary>How old an event may be, and what the helpdesk's word about one conversation is worth.</summary>
public sealed class FlagDecisionTests : IDisposable
{
    private static readonly DateTimeOffset Now = TestClock.Start;

    private readonly RelayFixture _relay = new();

    public void Dispose() => _relay.Dispose();

    [Theory]
    [InlineData(120, 0, false)]
    [InlineData(120.001, 0, true)]
    [InlineData(0, 1, true)]
    public void Event_is_late_after_two_minutes_or_when_it_was_tried_before(double age, int attempts, bool expected) =>
        FlagDecision.IsLate(Delivery(age, attempts: attempts), Now).ShouldBe(expected);

    [Theory]
    [InlineData(20, true)]
    [InlineData(20.001, false)]
    [InlineData(-5, true)]
    [InlineData(-5.001, false)]
    public void Helpdesks_answer_may_lag_an_event_of_the_last_twenty_seconds_and_of_the_next_five(double age, bool expected)
    {
        CustomerQuestions.MayLag(Delivery(age, attempts: 1), Now).ShouldBe(expected);
        CustomerQuestions.IsFresh(Delivery(age), Now).ShouldBe(expected);
        CustomerQuestions.IsFresh(Delivery(age, attempts: 1), Now).ShouldBeFalse();
    }

    [Theory]
    // Open: whatever the event says.
    [InlineData(true, false, false, 600, true)]
    // Closed, and none is newer.
    [InlineData(false, true, true, 0, false)]
    [InlineData(false, true, false, 600, false)]
    // Closed, and another may be newer.
    [InlineData(false, false, false, 0, false)]
    [InlineData(false, false, false, 600, null)]
    [InlineData(false, false, true, 0, null)]
    // The helpdesk does not know it.
    [InlineData(null, true, true, 0, true)]
    [InlineData(null, true, false, 0, false)]
    [InlineData(null, true, false, 600, null)]
    [InlineData(null, false, true, 600, null)]
    public void Helpdesks_word_about_one_conversation_decides_where_it_can(bool? isOpen, bool isNewest, bool isOpening, int age, bool? expected) =>
        FlagDecision.Decide(Delivery(age, isOpening), new ConversationState.Single(isOpen, isNewest), new CustomerConversations([]), isRecorded: false, Now).ShouldBe(expected);

    [Theory]
    [InlineData(30, "main", false, true)]
    [InlineData(30.001, "main", false, false)]
    [InlineData(30, "other", false, false)]
    // The event's own conversation.
    [InlineData(30, "main", true, false)]
    public void Opening_that_the_record_has_counts_for_half_a_minute_where_the_helpdesk_does_not_have_it_yet(double age, string account, bool isOwn, bool expected)
    {
        var opened = new RelayMessageBuilder().Connection("gladly", account).Event(one => one with { ConversationId = isOwn ? "conversation-1" : "conversation-2", OccurredAt = Now.AddSeconds(-age) });
        var known = new CustomerConversations([]);
        known.Observe(opened.Message.Event);

        FlagDecision.Decide(Delivery(0, isOpening: false), new ConversationState.Known(false), known, isRecorded: true, Now).ShouldBe(expected);
    }

    private Delivery Delivery(double age, bool isOpening = true, int attempts = 0)
    {
        var message = new RelayMessageBuilder().Retried(attempts, Now).Event(one => one with { OccurredAt = Now.AddSeconds(-age) });
        return Core.Conversations.Relaying.Delivery.Of((isOpening ? message : message.Closed()).Message, _relay.Connection("gladly"), _relay.Account("main"), ["ann@shop.example"]).Single();
    }
}
