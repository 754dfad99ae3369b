using KlaviyoRelay.Core.Conversations;
using KlaviyoRelay.Core.Conversations.Relaying;
using KlaviyoRelay.Core.Conversations.State;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Tests.Conversations.Relaying;

/// <summary>What one customer's events make of the record, and of the flag of each account.</summary>
public sealed class CustomerDecisionTests : IDisposable
{
    private static readonly DateTimeOffset Now = TestClock.Start;
    private static readonly DateTimeOffset LongAgo = Now.AddDays(-100);

    private readonly CustomerConversations _known = new([]);
    private readonly RelayFixture _relay = new(
    [
        ("Relay__Accounts__second__PrivateKeySecret", "klaviyoKey"),
        .. DeskWebhookBuilder.Settings(("Generic__Brand", "/ticket/site"), ("Brands__other__Ids", "other"), ("Brands__other__Account", "second")),
    ]);

    public void Dispose() => _relay.Dispose();

    [Theory]
    [InlineData("2026-01-15T14:08:00Z", "2026-01-15T14:08:00Z")]
    [InlineData("2026-01-15T14:08:00.001Z", "2026-01-15T14:03:00Z")]
    [InlineData("2000-01-01T00:00:00Z", "2000-01-01T00:00:00Z")]
    [InlineData("1999-12-31T23:59:59Z", "2000-01-01T00:00:00Z")]
    public void Event_counts_at_its_time_unless_that_is_too_far_ahead_or_too_long_ago(string occurredAt, string expected)
    {
        var happened = Event("a", ConversationEventKind.Closed, DateTimeOffset.Parse(occurredAt, System.Globalization.CultureInfo.InvariantCulture));

        Decide(LongAgo, Message(happened));

        _known.ChangedAt(happened).ShouldBe(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Event_from_far_ahead_counts_after_what_is_known_of_the_time_since()
    {
        var known = Event("a", ConversationEventKind.Opened, Now.AddMinutes(4));
        _known.Observe(known);

        Decide(LongAgo, Message(Event("a", ConversationEventKind.Closed, Now.AddHours(1))));

        _known.ChangedAt(known).ShouldBe(Now.AddMinutes(4));
        _known.IsOpen("main").ShouldBeFalse();
    }

    [Theory]
    [InlineData(-1, null)]
    [InlineData(0, true)]
    public void Late_opening_sets_the_flag_when_it_was_accepted_since_the_record_is_kept(int seconds, bool? expected)
    {
        var began = Now.AddHours(-1);
        var late = Message(Event("a", ConversationEventKind.Opened, Now.AddMinutes(-30))) with { AcceptedAt = began.AddSeconds(seconds) };

        Decide(began, late).Values.ShouldHaveSingleItem().Value.ShouldBe(expected);
    }

    [Theory]
    [InlineData(-1, null)]
    [InlineData(0, true)]
    public void Late_opening_that_failed_first_before_the_record_began_does_not_set_the_flag(int seconds, bool? expected)
    {
        var began = Now.AddHours(-1);
        var late = Message(Event("a", ConversationEventKind.Opened, Now.AddMinutes(-30))) with { FirstFailureAt = began.AddSeconds(seconds) };

        Decide(began, late).Values.ShouldHaveSingleItem().Value.ShouldBe(expected);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, null)]
    public void Opening_that_is_older_than_a_closed_conversation_is_remembered_does_not_set_the_flag(int ticks, bool? expected) =>
        Decide(LongAgo, Message(Event("a", ConversationEventKind.Opened, Now.AddDays(-30).AddTicks(-ticks)))).Values.ShouldHaveSingleItem().Value.ShouldBe(expected);

    [Fact]
    public void Flag_of_another_account_of_the_connection_is_cleared_when_nothing_is_open_there()
    {
        foreach (var account in (string[])["main", "second", "gone"])
        {
            _known.SetFlag(account, true, Now.AddDays(-1));
        }

        Decide(LongAgo, Message(Event("a", ConversationEventKind.Closed, Now))).Left.ShouldBe(["second"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Account_that_a_conversation_leaves_open_is_cleared_unless_another_is_open_there(bool isAnotherOpen)
    {
        _known.SetFlag("second", true, Now.AddDays(-1));
        _known.Observe(Event("a", ConversationEventKind.Opened, Now.AddMinutes(-10)) with { Account = "second" });
        if (isAnotherOpen)
        {
            _known.Observe(Event("b", ConversationEventKind.Opened, Now.AddMinutes(-5)) with { Account = "second" });
        }

        var outcome = Decide(LongAgo, Message(Event("a", ConversationEventKind.Reopened, Now)));

        outcome.Values.ShouldHaveSingleItem().Value.ShouldBe(true);
        outcome.Left.ShouldBe(isAnotherOpen ? [] : ["second"]);
    }

    private static ConversationEvent Event(string conversation, ConversationEventKind kind, DateTimeOffset occurredAt) => new RelayMessageBuilder().Message.Event with
    {
        Id = ConversationEventId.Of("desk", $"{kind}", conversation, $"{occurredAt:O}"),
        Connection = "desk",
        Kind = kind,
        ConversationId = conversation,
        OccurredAt = occurredAt,
        InConversation = kind != ConversationEventKind.Closed,
    };

    private static RelayMessage Message(ConversationEvent happened) => RelayMessage.Fresh(new ConversationWork(happened));

    private CustomerDecision.Outcome Decide(DateTimeOffset began, RelayMessage message)
    {
        var connection = _relay.Connection("desk");
        var delivery = Delivery.Of(message, connection, _relay.Account(message.Account), ["ann@shop.example"]).Single();
        var states = new Dictionary<ConversationKey, ConversationState> { [ConversationKey.Of(delivery)] = ConversationState.Unasked.Instance };
        return new CustomerDecision(connection, _known, began, Now).Decide([delivery], states, new RecentConversations(_relay.Clock));
    }
}
