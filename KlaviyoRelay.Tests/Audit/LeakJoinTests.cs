using KlaviyoRelay.Core.Audit.Leaks;

namespace KlaviyoRelay.Tests.Audit;

/// <summary>Which messages count as leaks.</summary>
public sealed class LeakJoinTests
{
    private static readonly DateTimeOffset Since = new(2026, 7, 10, 0, 0, 0, TimeSpan.Zero);

    private static readonly LeakMetric Opened = new("MO", LeakRole.Opened, "gladly", null);
    private static readonly LeakMetric Closed = new("MC", LeakRole.Closed, "gladly", null);
    private static readonly LeakMetric KustomerOpened = new("MKO", LeakRole.Opened, "kustomer", "conversationId");
    private static readonly LeakMetric KustomerClosed = new("MKC", LeakRole.Closed, "kustomer", "conversationId");
    private static readonly LeakMetric Received = new("MR", LeakRole.Received, null, null);

    private readonly LeakState _state = LeakState.Begin("main", Since, Since.AddDays(10));

    [Fact]
    public void Message_between_opening_and_closing_is_a_leak_and_those_around_it_are_not()
    {
        Join(At(1, Received), At(2, Opened), At(3, Received), At(4, Closed), At(5, Received));

        _state.Leaks.Single().Messages.ShouldBe(1);
        _state.Messages.ShouldBe(3);
        _state.Conversations.ShouldBe(1);
    }

    [Fact]
    public void Conversation_that_began_before_the_time_counts_and_a_message_before_it_does_not()
    {
        Join(At(-48, Opened), At(-1, Received), At(1, Received));

        _state.Leaks.Single().Messages.ShouldBe(1);
        _state.Conversations.ShouldBe(0);
    }

    [Fact]
    public void Reopened_conversation_counts_again()
    {
        Join(At(1, Opened), At(2, Closed), At(3, Opened), At(4, Received));

        _state.Leaks.Single().Messages.ShouldBe(1);
    }

    [Fact]
    public void Customer_with_two_conversations_is_in_conversation_until_the_last_one_ends()
    {
        Join(At(1, KustomerOpened, "c1"), At(2, KustomerOpened, "c2"), At(3, KustomerClosed, "c1"), At(4, Received), At(5, KustomerClosed, "c2"), At(6, Received));

        _state.Leaks.Single().Messages.ShouldBe(1);
    }

    [Fact]
    public void Close_of_one_helpdesk_does_not_end_a_conversation_of_another()
    {
        Join(At(1, Opened), At(2, KustomerOpened, "c1"), At(3, KustomerClosed, "c1"), At(4, Received));

        _state.Leaks.Single().Messages.ShouldBe(1);
    }

    [Fact]
    public void Conversation_that_is_never_closed_counts_for_14_days()
    {
        Join(At(-10, Opened), At(13.9 * 24 - 10, Received), At(14.1 * 24 - 10, Received));

        _state.Leaks.Single().Messages.ShouldBe(1);
    }

    [Fact]
    public void Message_in_the_second_of_the_opening_was_sent_before_it()
    {
        Join(At(1, Opened), At(1, Received));

        _state.Leaks.ShouldBeEmpty();
    }

    [Fact]
    public void Messages_are_counted_by_flow_message_profile_and_day()
    {
        Join(At(0, Opened), At(1, Received) with { Flow = "F1", Message = "M1" }, At(25, Received) with { Flow = "F1", Message = "M1" }, At(26, Received) with { Message = "C1", Name = "Sale" });

        _state.Leaks.Select(leak => $"{leak.Flow} {leak.Message} {leak.Name} {leak.Messages} {leak.Profiles.Count} {string.Join(',', leak.Days.Select(day => day.Value))}").ShouldBe(["F1 M1  2 1 1,1", " C1 Sale 1 1 1"]);
    }

    [Fact]
    public void What_can_count_no_more_is_forgotten()
    {
        Join(At(-10, Opened), At(300, Opened, profile: "P2"));

        new LeakJoin(_state).Forget(Since.AddDays(14));

        _state.Open.Keys.ShouldBe(["P2"]);
    }

    private void Join(params IReadOnlyList<ProfileEvent> events)
    {
        var join = new LeakJoin(_state);
        foreach (var happened in events)
        {
            join.Add(happened);
        }
    }

    private static ProfileEvent At(double hours, LeakMetric metric, string? conversation = null, string profile = "P1") => new(profile, Since.AddHours(hours), metric) { Conversation = conversation };
}
