using KlaviyoRelay.Core.Conversations.Recovery;

namespace KlaviyoRelay.Tests.Conversations.Recovery;

public sealed class RecoveryWindowTests
{
    private static readonly DateTimeOffset Now = RecoveryFixture.Now;

    [Fact]
    public void Window_starts_5_minutes_before_the_mark_and_ends_15_seconds_ago() =>
        RecoveryWindow.Since(Now.AddMinutes(-15), Now).ShouldBe(new RecoveryWindow(Now.AddMinutes(-20), Now.AddSeconds(-15)));

    [Fact]
    public void Window_reaches_back_20_minutes_when_there_is_no_mark() =>
        RecoveryWindow.Since(null, Now).ShouldBe(new RecoveryWindow(Now.AddMinutes(-20), Now.AddSeconds(-15)));

    [Theory]
    [InlineData("2026-01-14T14:05:00Z")]
    [InlineData("2025-12-24T00:00:00Z")]
    [InlineData("1970-01-01T00:00:00Z")]
    public void Window_stays_a_minute_within_gladlys_24_hours_when_the_mark_is_older(string mark) =>
        RecoveryWindow.Since(Time(mark), Now).From.ShouldBe(Now.AddHours(-24).AddMinutes(1));

    [Fact]
    public void Window_starts_before_the_mark_when_that_is_just_within_24_hours() =>
        RecoveryWindow.Since(Now.AddHours(-24).AddMinutes(6), Now).From.ShouldBe(Now.AddHours(-24).AddMinutes(1));

    [Fact]
    public void Window_is_the_last_5_minutes_when_the_mark_is_of_the_future() =>
        RecoveryWindow.Since(Now.AddDays(1), Now).ShouldBe(new RecoveryWindow(Now.AddSeconds(-15).AddMinutes(-5), Now.AddSeconds(-15)));

    [Fact]
    public void Window_ends_on_a_whole_second() =>
        RecoveryWindow.Since(null, Now.AddMilliseconds(700)).To.ShouldBe(Now.AddSeconds(-15));

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(61)]
    [InlineData(5000)]
    public void Slices_cover_the_window_without_gap_and_are_an_hour_at_most(int minutes)
    {
        var window = RecoveryWindow.Since(Now.AddMinutes(-minutes), Now);

        var slices = window.Slices().ToList();

        slices[0].From.ShouldBe(window.From);
        slices[^1].To.ShouldBe(window.To);
        slices.Zip(slices.Skip(1)).ShouldAllBe(pair => pair.First.To == pair.Second.From);
        slices.ShouldAllBe(slice => slice.From < slice.To && slice.To - slice.From <= TimeSpan.FromHours(1));
    }

    [Theory]
    [InlineData("2026-01-15T14:00:20Z", "2026-01-15T13:59:45Z")]
    [InlineData("2026-01-15T14:00:00Z", "2026-01-15T13:59:45Z")]
    [InlineData("2026-01-15T13:00:00Z", "2026-01-15T12:59:45Z")]
    [InlineData(null, "2026-01-15T13:59:45Z")]
    public void Slice_ends_15_seconds_before_the_helpdesks_own_time(string? answered, string end) =>
        RecoveryWindow.EndOf(new RecoveryWindow(Now.AddMinutes(-20), Now.AddSeconds(-15)), answered is null ? null : Time(answered)).ShouldBe(Time(end));

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
