using KlaviyoRelay.Core.Conversations.Receiving;

namespace KlaviyoRelay.Tests.Conversations.Receiving;

/// <summary>Which body gives way when all places are taken.</summary>
public sealed class UnprovenBodiesTests
{
    private readonly TestClock _clock = new();
    private readonly UnprovenBodies _bodies = new(shared: 2, reserved: 1);

    [Fact]
    public void Oldest_of_those_that_send_nothing_gives_way()
    {
        var (first, second, third) = (Enter("a"), Enter("a"), Enter("a"));

        var fourth = Enter("a");

        Ended(first, second, third, fourth).ShouldBe([true, false, false, false]);
        _bodies.Count.ShouldBe(3);
    }

    [Fact]
    public void Slowest_gives_way_and_not_the_oldest()
    {
        var (fast, slow, other) = (Enter("a"), Enter("a"), Enter("a"));
        for (var half = 1; half <= 3; half++)
        {
            _clock.Advance(TimeSpan.FromSeconds(0.5));
            fast.Received(half * 20_000);
            slow.Received(half * 15_000);
            other.Received(half * 17_500);
        }

        Enter("a");

        Ended(fast, slow, other).ShouldBe([false, true, false]);
    }

    [Fact]
    public void Body_that_came_fast_and_stopped_gives_way()
    {
        var (burst, steady, other) = (Enter("a"), Enter("a"), Enter("a"));
        burst.Received(900_000);
        _clock.Advance(TimeSpan.FromSeconds(1));
        steady.Received(30_000);
        other.Received(30_000);

        Enter("a");

        Ended(burst, steady, other).ShouldBe([true, false, false]);
    }

    [Fact]
    public void Reserved_place_of_a_connection_is_not_taken_by_what_is_sent_to_another()
    {
        var known = Enter("b");
        var strangers = Enumerable.Range(0, 100).Select(_ => Enter("a")).ToArray();

        known.Ended.IsCancellationRequested.ShouldBeFalse();
        strangers.Count(stranger => !stranger.Ended.IsCancellationRequested).ShouldBe(3);
        Enter("b");
        known.Ended.IsCancellationRequested.ShouldBeTrue();
    }

    [Fact]
    public void Place_is_free_again_when_it_is_given_back()
    {
        using (var pace = new BodyPace(_clock))
        {
            pace.Start();
            _bodies.Enter("a", pace).Dispose();
        }

        _bodies.Count.ShouldBe(0);
    }

    private BodyPace Enter(string connection)
    {
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        var pace = new BodyPace(_clock);
        pace.Start();
        _bodies.Enter(connection, pace);
        return pace;
    }

    private static bool[] Ended(params BodyPace[] paces) => [.. paces.Select(pace => pace.Ended.IsCancellationRequested)];
}
