using KlaviyoRelay.Core.Conversations;
using KlaviyoRelay.Core.Conversations.State;
using KlaviyoRelay.Core.Helpdesks;

namespace KlaviyoRelay.Tests.Conversations.State;

public sealed class CustomerConversationsTests
{
    private readonly CustomerConversations _known = new([]);
    private int _events;

    [Fact]
    public void Newest_event_decides_in_whatever_order_events_arrive()
    {
        Observe(Event("a", ConversationEventKind.Closed, 20), Event("a", ConversationEventKind.Opened, 10));
        _known.IsOpen("main").ShouldBeFalse();

        Observe(Event("a", ConversationEventKind.Reopened, 40), Event("a", ConversationEventKind.Closed, 30));
        _known.IsOpen("main").ShouldBeTrue();
    }

    [Fact]
    public void Repeat_changes_nothing_although_its_time_is_the_relays_own()
    {
        var opened = Event("a", ConversationEventKind.Opened, 10);
        Observe(opened, Event("a", ConversationEventKind.Closed, 20), opened with { OccurredAt = TestClock.Start.AddSeconds(30) });

        _known.IsOpen("main").ShouldBeFalse();
    }

    [Theory]
    [InlineData(ConversationEventKind.Opened, ConversationEventKind.Closed, false)]
    [InlineData(ConversationEventKind.Closed, ConversationEventKind.Opened, false)]
    [InlineData(ConversationEventKind.Closed, ConversationEventKind.Reopened, true)]
    [InlineData(ConversationEventKind.Reopened, ConversationEventKind.Closed, false)]
    public void Of_one_time_an_opening_is_first_and_the_later_arrival_counts(ConversationEventKind first, ConversationEventKind second, bool expected)
    {
        Observe(Event("a", first, 10), Event("a", second, 10));

        _known.IsOpen("main").ShouldBe(expected);
    }

    [Fact]
    public void Opening_that_is_timed_by_its_arrival_does_not_open_a_closed_conversation()
    {
        Observe(Event("a", ConversationEventKind.Closed, 10), Event("a", ConversationEventKind.Opened, 20) with { IsTimedByArrival = true });
        _known.IsOpen("main").ShouldBeFalse();

        Observe(Event("a", ConversationEventKind.Reopened, 30) with { IsTimedByArrival = true });
        _known.IsOpen("main").ShouldBeTrue();
    }

    [Fact]
    public void Customer_is_in_conversation_until_the_last_one_closes()
    {
        Observe(Event("a", ConversationEventKind.Opened, 1), Event("b", ConversationEventKind.Opened, 2), Event("a", ConversationEventKind.Closed, 3));
        _known.IsOpen("main").ShouldBeTrue();

        Observe(Event("b", ConversationEventKind.Closed, 4));
        _known.IsOpen("main").ShouldBeFalse();
    }

    [Fact]
    public void Conversation_belongs_to_the_account_of_its_newest_event()
    {
        Observe(Event("a", ConversationEventKind.Opened, 1), Event("a", ConversationEventKind.Reopened, 2) with { Account = "other" });

        (_known.IsOpen("main"), _known.IsOpen("other")).ShouldBe((false, true));
    }

    [Fact]
    public void Conversations_that_the_webhook_counts_keep_the_flag_until_a_later_close_counts_none()
    {
        Observe(Event("a", ConversationEventKind.Closed, 10) with { InConversation = true });
        _known.IsOpen("main").ShouldBeTrue();

        Observe(Event("b", ConversationEventKind.Closed, 20));
        _known.IsOpen("main").ShouldBeFalse();
    }

    [Fact]
    public void Count_of_an_older_close_does_not_overrule_a_newer_one()
    {
        Observe(Event("b", ConversationEventKind.Closed, 20), Event("a", ConversationEventKind.Closed, 10) with { InConversation = true });

        _known.IsOpen("main").ShouldBeFalse();
    }

    [Fact]
    public void Conversations_that_close_at_one_time_leave_none_open_when_the_last_counts_none()
    {
        Observe(Event("a", ConversationEventKind.Closed, 10) with { InConversation = true }, Event("b", ConversationEventKind.Closed, 10));

        _known.IsOpen("main").ShouldBeFalse();
    }

    [Fact]
    public void Rating_says_nothing_of_the_conversation()
    {
        Observe(Event("a", ConversationEventKind.Rated, 10) with { InConversation = null });

        _known.Changed.ShouldBeEmpty();
    }

    [Fact]
    public void Rows_read_back_are_the_same_conversations()
    {
        var event1 = Event("a", ConversationEventKind.Opened, 10);
        Observe(event1, Event("b", ConversationEventKind.Closed, 12));

        var again = new CustomerConversations(_known.Changed);
        again.Observe(event1);

        again.Changed.ShouldBeEmpty();
        again.IsOpen("main").ShouldBeTrue();
    }

    [Fact]
    public void Flag_of_an_account_is_written_only_when_it_changes()
    {
        _known.SetFlag("main", true, TestClock.Start);
        _known.FlaggedAccounts.ShouldBe(["main"]);

        var again = new CustomerConversations(_known.Changed);
        again.SetFlag("main", true, TestClock.Start.AddHours(1));
        again.Changed.ShouldBeEmpty();
        again.SetFlag("main", false, TestClock.Start.AddHours(2));
        again.FlaggedAccounts.ShouldBeEmpty();
    }

    [Fact]
    public void Flag_that_stays_set_is_noted_again_after_more_than_a_week()
    {
        _known.SetFlag("main", true, TestClock.Start);
        var again = new CustomerConversations(_known.Changed);

        again.SetFlag("main", true, TestClock.Start.AddDays(7));
        again.Changed.ShouldBeEmpty();
        again.SetFlag("main", true, TestClock.Start.AddDays(7).AddTicks(1));
        again.Changed.ShouldHaveSingleItem().ChangedAt.ShouldBe(TestClock.Start.AddDays(7).AddTicks(1));
    }

    [Theory]
    [InlineData(9, true, true)]
    [InlineData(10, true, false)]
    [InlineData(11, false, false)]
    public void Something_is_known_since_its_own_time(int second, bool since, bool after)
    {
        Observe(Event("a", ConversationEventKind.Opened, 10));

        _known.KnowsOfSince(TestClock.Start.AddSeconds(second)).ShouldBe(since);
        _known.KnowsOfAfter(TestClock.Start.AddSeconds(second)).ShouldBe(after);
    }

    [Theory]
    [InlineData(9, true)]
    [InlineData(10, false)]
    [InlineData(11, false)]
    public void Conversation_is_newer_when_it_changed_later(int second, bool expected)
    {
        Observe(Event("a", ConversationEventKind.Opened, 10));

        _known.HasNewerOpen(Event("b", ConversationEventKind.Closed, second)).ShouldBe(expected);
    }

    [Theory]
    [InlineData(9, "main")]
    [InlineData(10, "main")]
    [InlineData(11, "other")]
    public void Another_record_is_taken_over_where_it_is_newer(int second, string account)
    {
        Observe(Event("a", ConversationEventKind.Opened, 10));
        var other = new CustomerConversations([]);
        other.Observe(Event("a", ConversationEventKind.Reopened, second) with { Account = "other" });
        other.Observe(Event("b", ConversationEventKind.Opened, 1) with { Account = "third" });

        _known.Add(other);

        (_known.IsOpen(account), _known.IsOpen("third")).ShouldBe((true, true));
    }

    [Fact]
    public void Row_stays_small_however_often_a_conversation_is_opened_again()
    {
        for (var number = 0; number < 1_000; number++)
        {
            Observe(Event("a", number % 2 == 0 ? ConversationEventKind.Reopened : ConversationEventKind.Closed, number));
        }

        _known.Changed.ShouldHaveSingleItem().EventIds.Length.ShouldBeLessThan(1_200);
    }

    private void Observe(params ConversationEvent[] events)
    {
        foreach (var one in events)
        {
            _known.Observe(one);
        }
    }

    private ConversationEvent Event(string conversation, ConversationEventKind kind, int second) => new RelayMessageBuilder().Message.Event with
    {
        Id = ConversationEventId.Of("desk", $"{kind}", conversation, $"{_events++}"),
        Connection = "desk",
        Kind = kind,
        ConversationId = conversation,
        OccurredAt = TestClock.Start.AddSeconds(second),
        InConversation = kind != ConversationEventKind.Closed,
    };
}
