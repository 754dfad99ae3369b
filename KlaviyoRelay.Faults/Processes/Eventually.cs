using System.Diagnostics;

namespace KlaviyoRelay.Faults.Processes;

/// <summary>Waits for what another process does.</summary>
internal static class Eventually
{
    /// <summary>How long to wait before a wait fails. A busy machine may need minutes for what takes a second, so it says nothing about speed.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <exception cref="UnmetException">The condition did not hold in time.</exception>
    public static async Task HoldsAsync(Func<Task<bool>> condition, TimeSpan atMost, Func<string> otherwise, CancellationToken cancellationToken) =>
        UnmetException.ThrowUnless(await WithinAsync(condition, atMost, cancellationToken), otherwise);

    /// <summary>Whether the condition came to hold in time.</summary>
    public static async Task<bool> WithinAsync(Func<Task<bool>> condition, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            if (watch.Elapsed >= atMost)
            {
                return false;
            }

            await Task.Delay(Pause, cancellationToken);
        }

        return true;
    }
}
