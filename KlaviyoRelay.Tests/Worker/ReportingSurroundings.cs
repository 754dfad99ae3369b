namespace KlaviyoRelay.Tests.Worker;

/// <summary>What stands around the reporting workers of a test class, started once.</summary>
public sealed class ReportingSurroundings : IAsyncLifetime
{
    internal ReportingWorker Reporting { get; } = new();

    public ValueTask InitializeAsync() => new(Reporting.StartSurroundingsAsync(TestContext.Current.CancellationToken));

    public ValueTask DisposeAsync() => Reporting.DisposeAsync();
}
