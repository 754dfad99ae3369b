using KlaviyoRelay.Worlds.Time;

namespace KlaviyoRelay.Tests.Worlds;

public sealed class TimelineTests
{
    private readonly Timeline _timeline = new(new DateTimeOffset(2026, 1, 12, 0, 0, 0, TimeSpan.Zero), mostSteps: 200_000);

    [Fact]
    public void World_in_which_time_stands_still_is_ended()
    {
        _timeline.After(TimeSpan.Zero, AtOnce);

        Should.Throw<StandstillException>(Play).Message.ShouldContain(nameof(AtOnce));
    }

    [Fact]
    public void World_without_end_is_ended()
    {
        _timeline.After(TimeSpan.Zero, InAMoment);

        Should.Throw<StandstillException>(Play).Message.ShouldContain(nameof(InAMoment));
    }

    private void AtOnce() => _timeline.After(TimeSpan.Zero, AtOnce);

    private void InAMoment() => _timeline.After(TimeSpan.FromTicks(1), InAMoment);

    private void Play()
    {
        while (_timeline.Step(TimeSpan.FromHours(1).Ticks))
        {
        }
    }
}
