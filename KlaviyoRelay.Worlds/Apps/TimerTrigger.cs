using KlaviyoRelay.Worlds.Rules;

namespace KlaviyoRelay.Worlds.Apps;

/// <summary>The Functions host's timer of one function: in one instance at a time, and not again before the last one has ended.</summary>
internal sealed class TimerTrigger(World world, string name, Func<Instance, Task> function)
{
    // host.json: functionTimeout.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private Instance? _runner;
    private TimeSpan _since;

    public void Ring()
    {
        if (_runner is { IsAlive: true } && world.Now - _since > Longest && world.Weather.IsCalmFor(Longest))
        {
            world.Violate(RuleNames.Time, $"{name} has been running for {world.Now - _since}.");
        }

        if (_runner is not { IsAlive: true } && world.Apps.Pick() is { } instance)
        {
            _ = RunAsync(instance);
        }
    }

#pragma warning disable CA1031 // The host takes whatever a function throws for its failure.
    private async Task RunAsync(Instance instance)
    {
        (_runner, _since) = (instance, world.Now);
        try
        {
            await function(instance);
        }
        catch (Exception exception)
        {
            if (!(exception is OperationCanceledException && instance.Stopping.IsCancellationRequested))
            {
                world.Violate(RuleNames.Bug, $"{name} failed: {exception.GetType().Name}: {exception.Message}");
            }
        }

        // A process that was killed meanwhile never comes here.
        _runner = null;
    }
#pragma warning restore CA1031
}
