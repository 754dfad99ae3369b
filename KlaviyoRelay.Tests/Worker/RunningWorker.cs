using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Faults.Processes;
using KlaviyoRelay.Tests.Functions.ServiceBus;

namespace KlaviyoRelay.Tests.Worker;

/// <summary>The worker with what stands beside it: Azurite for its marks, Service Bus by AMQP, the simulated Klaviyo and helpdesks.</summary>
public sealed class RunningWorker : IAsyncLifetime
{
    private WorkerProcess? _worker;

    internal RelayStack Stack { get; } = new();

    internal LoopbackServiceBus ServiceBus { get; } = new();

    internal WorkerProcess Worker => _worker ?? throw new InvalidOperationException("The worker has not been started.");

    internal Dictionary<string, string> Settings => new(Stack.Settings)
    {
        [QueueNames.Connection] = ServiceBus.ConnectionString,
        ["RecoverSchedule"] = "0 */15 * * * *",
        ["AzureWebJobs.RedriveRejected.Disabled"] = "true",
    };

    public async ValueTask InitializeAsync()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await Stack.StartSurroundingsAsync(cancellation);
        _worker = await WorkerProcess.StartAsync(Stack.Folder, Settings, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (_worker is not null)
        {
            await _worker.DisposeAsync();
        }

        await ServiceBus.DisposeAsync();
        await Stack.DisposeAsync();
    }
}
