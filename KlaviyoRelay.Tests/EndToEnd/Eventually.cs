using System.Diagnostics;

namespace KlaviyoRelay.Tests.EndToEnd;

/// <summary>Waits for what another process does.</summary>
internal static class Eventually
{
    public static async Task HoldsAsync(Func<Task<bool>> condition, TimeSpan atMost, Func<string> otherwise, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            (watch.Elapsed < atMost).ShouldBeTrue(otherwise());
            await Task.Delay(100, cancellationToken);
        }
    }
}
