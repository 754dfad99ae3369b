using KlaviyoRelay.Core.Clocks;
using Microsoft.Azure.Functions.Worker;

namespace KlaviyoRelay.LocalHost.Timers;

/// <summary>Runs a timer function by its schedule. A run that takes longer than its interval is not overtaken by the next.</summary>
internal sealed partial class TimerPump(TimerFunction function, TimeProvider clock, ILogger<TimerPump> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (function.RunOnStartup)
        {
            await RunAsync(stoppingToken);
        }

        var last = clock.GetUtcNow();
        while (function.Schedule.Next(last) is { } next)
        {
            await Task.Delay(Later(next - clock.GetUtcNow(), TimeSpan.Zero), clock, stoppingToken);
            await RunAsync(stoppingToken);
            // A timer may ring a little early; the same moment must not come twice.
            last = clock.GetUtcNow() is var now && now > next ? now : next;
        }
    }

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await function.RunAsync(new TimerInfo(), cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // A cancellation too, when it is the function's own, such as a time limit: only the host's stop ends the pump.
            Log.Failed(logger, function.Name, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "The function {Function} failed; it runs again by its schedule.")]
        public static partial void Failed(ILogger logger, string function, Exception exception);
    }
}

internal sealed record TimerFunction(string Name, CronSchedule Schedule, bool RunOnStartup, Func<TimerInfo, CancellationToken, Task> RunAsync);
