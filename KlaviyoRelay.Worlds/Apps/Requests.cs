using KlaviyoRelay.Worlds.Rules;

namespace KlaviyoRelay.Worlds.Apps;

/// <summary>Requests from outside to an instance.</summary>
internal static class Requests
{
    /// <summary>Null when no answer comes in time, or the process ends.</summary>
    public static Task<T?> AskAsync<T>(World world, Instance instance, TimeSpan patience, Func<CancellationToken, Task<T>> function)
        where T : class
    {
        var answer = new TaskCompletionSource<T?>();
        var gone = new CancellationTokenSource();
        instance.OnEnd(() => answer.TrySetResult(null));
        world.Timeline.After(patience, () =>
        {
            if (answer.TrySetResult(null))
            {
                gone.Cancel();
            }
        });
        _ = RunAsync(world, function, answer, gone.Token);
        return answer.Task;
    }

#pragma warning disable CA1031 // The host answers 500 then.
    private static async Task RunAsync<T>(World world, Func<CancellationToken, Task<T>> function, TaskCompletionSource<T?> answer, CancellationToken gone)
        where T : class
    {
        try
        {
            answer.TrySetResult(await function(gone));
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            // The sender gave up, or the process ended.
        }
        catch (Exception exception)
        {
            world.Violate(RuleNames.Bug, $"A request failed: {exception.GetType().Name}: {exception.Message}");
            answer.TrySetResult(null);
        }
    }
#pragma warning restore CA1031
}
