using KlaviyoRelay.Core.Clocks;
using KlaviyoRelay.LocalHost.Timers;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Tests.LocalHost.Timers;

public sealed class TimerPumpTests
{
    private readonly LogCapture _logs = new();

    public static TheoryData<Exception> Failures =>
    [
        new OperationCanceledException(),
        new TaskCanceledException("A time limit of the function's own.", new TimeoutException()),
        new OperationCanceledException(new CancellationToken(canceled: true)),
        new InvalidOperationException(),
    ];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Function_runs_again_by_its_schedule_after_it_failed_in_whatever_way(Exception failure)
    {
        var runs = 0;
        using var stop = new CancellationTokenSource();
        using var pump = PumpOf(_ => ++runs < 3 ? throw failure : stop.CancelAsync());

        await RunAsync(pump, stop.Token);

        runs.ShouldBe(3);
        _logs.At(LogLevel.Error).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Pump_ends_without_an_error_when_the_host_stops_while_the_function_runs()
    {
        var runs = 0;
        using var stop = new CancellationTokenSource();
        using var pump = PumpOf(async token =>
        {
            runs++;
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, token);
        });

        await RunAsync(pump, stop.Token);

        runs.ShouldBe(1);
        _logs.At(LogLevel.Error).ShouldBeEmpty();
    }

    private static async Task RunAsync(TimerPump pump, CancellationToken stop)
    {
        await pump.StartAsync(stop);
        await Should.ThrowAsync<OperationCanceledException>((pump.ExecuteTask ?? Task.CompletedTask).InTimeAsync());
    }

    private TimerPump PumpOf(Func<CancellationToken, Task> run)
    {
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(_logs));
        return new TimerPump(new TimerFunction("Some", CronSchedule.Parse("0 * * * * *"), RunOnStartup: false, (_, token) => run(token)), new TestClock(), loggers.CreateLogger<TimerPump>());
    }
}
