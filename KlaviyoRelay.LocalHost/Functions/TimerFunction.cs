using KlaviyoRelay.LocalHost.Timers;
using Microsoft.Azure.Functions.Worker;

namespace KlaviyoRelay.LocalHost.Functions;

/// <summary>A function that a schedule triggers.</summary>
/// <param name="Name">The function's name.</param>
/// <param name="Schedule">When it runs.</param>
/// <param name="RunOnStartup">Whether it also runs when the host starts.</param>
/// <param name="RunAsync">Runs it.</param>
internal sealed record TimerFunction(string Name, CronSchedule Schedule, bool RunOnStartup, Func<TimerInfo, CancellationToken, Task> RunAsync);
