using KlaviyoRelay.Core.Conversations.Receiving;

namespace KlaviyoRelay.Tests.Conversations.Receiving;

/// <summary>How long a body is waited for.</summary>
public sealed class BodyPaceTests : IDisposable
{
    private readonly TestClock _clock = new();
    private readonly BodyPace _pace;

    public BodyPaceTests() => _pace = new(_clock);

    public void Dispose() => _pace.Dispose();

    [Theory]
    [InlineData(0, 2)]
    [InlineData(10_000, 2)]
    [InlineData(WebhookLimits.SmallBodyBytes, 2)]
    [InlineData(2 * WebhookLimits.SmallBodyBytes, 4)]
    public void Time_is_that_of_what_has_come_before_it_began_and_of_a_small_body_at_least(int bytes, int seconds)
    {
        _pace.Received(bytes);
        _pace.Start();

        ShouldEndAfter(seconds);
    }

    [Theory]
    [InlineData(10_000, 2)]
    [InlineData(WebhookLimits.SmallBodyBytes, 2)]
    [InlineData(2 * WebhookLimits.SmallBodyBytes, 4)]
    public void Time_of_what_comes_later_is_counted_from_the_beginning(int bytes, int seconds)
    {
        _pace.Start();
        _clock.Advance(TimeSpan.FromSeconds(1));
        _pace.Received(bytes);

        ShouldEndAfter(seconds - 1);
    }

    [Fact]
    public void Bytes_that_come_when_their_time_is_over_change_nothing()
    {
        _pace.Start();
        _clock.Advance(TimeSpan.FromSeconds(10));

        _pace.Received(2 * WebhookLimits.SmallBodyBytes);

        _pace.Ended.IsCancellationRequested.ShouldBeTrue();
    }

    [Fact]
    public void Small_body_has_two_seconds_and_a_larger_one_32_kilobytes_a_second() =>
        (WebhookLimits.SmallBodyTime, WebhookLimits.MinBytesPerSecond).ShouldBe((TimeSpan.FromSeconds(2), 32 * 1024));

    private void ShouldEndAfter(int seconds)
    {
        _clock.Advance(TimeSpan.FromSeconds(seconds - 0.01));
        _pace.Ended.IsCancellationRequested.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(0.01));
        _pace.Ended.IsCancellationRequested.ShouldBeTrue();
    }
}
