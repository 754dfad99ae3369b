using KlaviyoRelay.Worlds;

namespace KlaviyoRelay.Tests.Worlds;

public sealed class ShrinkerTests
{
    [Fact]
    public void Plan_is_shrunk_to_what_its_failure_needs()
    {
        var plan = new WorldSize(TimeSpan.FromHours(4.5), Talks: 100).Plan(seed: 21);
        var (first, second) = (plan.Talks[17], plan.Talks[80]);

        var small = Shrinker.Shrink(plan, one => one.Talks.Contains(first) && one.Talks.Contains(second));

        small.Talks.ShouldBe([first, second]);
        small.Troubles.ShouldBeEmpty();
        small.Acts.ShouldBeEmpty();
    }
}
