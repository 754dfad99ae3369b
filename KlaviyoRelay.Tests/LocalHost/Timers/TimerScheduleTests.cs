using System.Globalization;
using System.Threading.Channels;
using KlaviyoRelay.Core.Clocks;
using KlaviyoRelay.Faults.Processes;
using KlaviyoRelay.LocalHost.Timers;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging.Abstractions;

namespace KlaviyoRelay.Tests.LocalHost.Timers;

/// <summary>When a timer function runs.</summary>
public sealed class TimerScheduleTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 15, 14, 0, 30, TimeSpan.Zero);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    // What never comes ends a test.
    private readonly CancellationTokenSource _patience = new(Eventually.Patience);
    private readonly WatchedClock _clock = new(Start);
    private readonly Channel<DateTimeOffset> _runs = Channel.CreateUnbounded<DateTimeOffset>();
    private readonly SemaphoreSlim _ends = new(0);
    private TimerPump? _pump;

    private CancellationToken Cancellation => _patience.Token;

    public async ValueTask DisposeAsync()
    {
        _ends.Release(100);
        await (_pump?.StopAsync(CancellationToken.None) ?? Task.CompletedTask);
        _pump?.Dispose();
        _ends.Dispose();
        _patience.Dispose();
    }

    [Fact]
    public async Task Function_runs_at_the_times_of_its_schedule()
    {
        await StartAsync(runOnStartup: false);
        _ends.Release(100);

        (await NextRunAsync(TimeSpan.FromSeconds(30))).ShouldBe(At("14:01:00"));
        (await NextRunAsync(Minute)).ShouldBe(At("14:02:00"));
        (await NextRunAsync(Minute)).ShouldBe(At("14:03:00"));
    }

    [Fact]
    public async Task Function_runs_at_the_start_too_when_it_says_so()
    {
        await StartAsync(runOnStartup: true);

        (await _runs.Reader.ReadAsync(Cancellation)).ShouldBe(Start);
        _ends.Release();
        (await NextRunAsync(TimeSpan.FromSeconds(30))).ShouldBe(At("14:01:00"));
    }

    [Fact]
    public async Task Run_that_outlasts_its_interval_is_not_overtaken_and_the_times_it_missed_are_not_made_up_for()
    {
        await StartAsync(runOnStartup: false);
        (await NextRunAsync(TimeSpan.FromSeconds(30))).ShouldBe(At("14:01:00"));

        _clock.Advance(5 * Minute);
        _runs.Reader.TryPeek(out _).ShouldBeFalse();
        _ends.Release();

        (await NextRunAsync(Minute)).ShouldBe(At("14:07:00"));
        _runs.Reader.TryPeek(out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Timer_that_rings_late_runs_the_function_once()
    {
        await StartAsync(runOnStartup: false);
        _ends.Release(100);

        (await NextRunAsync(TimeSpan.FromMinutes(3))).ShouldBe(At("14:03:30"));
        (await NextRunAsync(TimeSpan.FromSeconds(30))).ShouldBe(At("14:04:00"));
    }

    [Fact]
    public async Task Pump_ends_when_no_time_is_left()
    {
        await StartAsync(runOnStartup: false, schedule: "0 0 0 30 2 *");

        await (_pump?.ExecuteTask ?? Task.CompletedTask).WaitAsync(Cancellation);

        _runs.Reader.TryPeek(out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("0 */15 * * * *", "2026-01-15T14:00:30Z", "2026-01-15T14:15:00Z")]
    [InlineData("0 */15 * * * *", "2026-01-15T14:15:00Z", "2026-01-15T14:30:00Z")]
    [InlineData("*/10 * * * * *", "2026-01-15T14:00:31Z", "2026-01-15T14:00:40Z")]
    [InlineData("0 30 3 * * 1-5", "2026-01-16T03:30:00Z", "2026-01-19T03:30:00Z")]
    [InlineData("30 3 * * 1-5", "2026-01-16T03:30:00Z", "2026-01-19T03:30:00Z")]
    [InlineData("0 0 0 29 2 *", "2026-01-01T00:00:00Z", "2028-02-29T00:00:00Z")]
    [InlineData("0 0 12 1,15 * *", "2026-01-15T14:00:30+02:00", "2026-02-01T12:00:00Z")]
    public void Next_time_is_the_first_after_the_one_given_in_utc(string schedule, string time, string next) =>
        CronSchedule.Parse(schedule).Next(Time(time)).ShouldBe(Time(next));

    [Theory]
    [InlineData("0 0 0 30 2 *")]
    [InlineData("0 0 0 31 4,6,9,11 *")]
    public void Day_that_never_comes_has_no_next_time(string schedule) => CronSchedule.Parse(schedule).Next(Start).ShouldBeNull();

    [Theory]
    [InlineData("")]
    [InlineData("*/15 * * *")]
    [InlineData("0 60 * * * *")]
    [InlineData("every minute")]
    [InlineData("0 * * * * * *")]
    public void Text_that_is_no_schedule_is_refused_with_the_six_fields(string text) =>
        Should.Throw<FormatException>(() => CronSchedule.Parse(text)).Message.ShouldContain($"'{text}' should have six fields: second minute hour day month weekday");

    private async Task StartAsync(bool runOnStartup, string schedule = "0 * * * * *")
    {
        _pump = new TimerPump(new TimerFunction("Some", CronSchedule.Parse(schedule), runOnStartup, RunAsync), _clock, NullLogger<TimerPump>.Instance);
        await _pump.StartAsync(Cancellation);
    }

    /// <summary>When the function runs next, after the pump waits for it and the clock goes on.</summary>
    private async Task<DateTimeOffset> NextRunAsync(TimeSpan by)
    {
        await _clock.TimerAsync(Cancellation);
        _clock.Advance(by);
        return await _runs.Reader.ReadAsync(Cancellation);
    }

    private async Task RunAsync(TimerInfo timer, CancellationToken cancellationToken)
    {
        _runs.Writer.TryWrite(_clock.GetUtcNow());
        await _ends.WaitAsync(cancellationToken);
    }

    private static DateTimeOffset At(string time) => Time($"2026-01-15T{time}Z");

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
