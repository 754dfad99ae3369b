using KlaviyoRelay.Core.Conversations.Relaying;

namespace KlaviyoRelay.Tests.Conversations.Relaying;

public sealed class RefusalStreakTests
{
    private readonly RefusalStreak _streak = new();

    [Fact]
    public void Refusals_of_one_kind_are_counted_until_another_kind_or_a_success()
    {
        _streak.Refused("invalid");
        _streak.Refused("invalid");
        _streak.Count.ShouldBe(2);

        _streak.Refused("too large");
        (_streak.Count, _streak.Kind).ShouldBe((1, "too large"));

        _streak.Taken();
        (_streak.Count, _streak.HasSuccess).ShouldBe((0, true));
    }

    [Fact]
    public void Refusal_of_several_together_counts_none_and_ends_the_count_of_another_kind_only()
    {
        _streak.Refused("invalid");

        _streak.RefusedTogether("invalid");
        (_streak.Count, _streak.Kind).ShouldBe((1, "invalid"));

        _streak.RefusedTogether("too large");
        (_streak.Count, _streak.Kind).ShouldBe((0, "too large"));
    }

    [Fact]
    public void Event_that_was_neither_taken_nor_refused_ends_the_count()
    {
        _streak.Refused("invalid");

        _streak.Break();

        (_streak.Count, _streak.HasSuccess).ShouldBe((0, false));
    }
}
