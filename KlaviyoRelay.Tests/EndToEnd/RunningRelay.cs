using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Tests.EndToEnd;

/// <summary>The real processes, for the tests of one class.</summary>
public sealed class RunningRelay : IAsyncLifetime
{
    internal RelayStack Stack { get; } = new();

    public async ValueTask InitializeAsync() => await Stack.StartAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => Stack.DisposeAsync();
}
