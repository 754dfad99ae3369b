using KlaviyoRelay.Core;
using KlaviyoRelay.LocalHost.Azurite;
using KlaviyoRelay.LocalHost.Queues;
using KlaviyoRelay.LocalHost.Settings;
using KlaviyoRelay.LocalHost.Timers;
using Microsoft.Extensions.Options;

namespace KlaviyoRelay.LocalHost.Functions;

/// <summary>Starts a pump for each queue and timer function, and stops them with the host.</summary>
internal sealed partial class FunctionRunner(
    FunctionCatalog catalog,
    AzuriteQueueClient client,
    QueueSignals signals,
    HostJson hostJson,
    IOptions<LocalHostOptions> options,
    IOptions<RelayOptions> relay,
    TimeProvider clock,
    IHostApplicationLifetime lifetime,
    ILoggerFactory loggers) : IHostedService, IDisposable
{
    private readonly ILogger _logger = loggers.CreateLogger<FunctionRunner>();

    private readonly List<BackgroundService> _pumps = [];
    private volatile bool _isDisposed;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _pumps.AddRange(catalog.Queues.Select(PumpOf));
        _pumps.AddRange(catalog.Timers.Select(function => new TimerPump(function, clock, loggers.CreateLogger<TimerPump>())));
        foreach (var pump in _pumps)
        {
            await pump.StartAsync(cancellationToken);
            _ = WatchAsync(pump);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(_pumps.Select(pump => pump.StopAsync(cancellationToken)));
        _pumps.ForEach(pump => pump.Dispose());
    }

    /// <summary>A host whose start has failed is disposed of while its pumps run. What they meet then is no failure of theirs.</summary>
    public void Dispose() => _isDisposed = true;

    private BackgroundService PumpOf(QueueFunction function)
    {
        QueuePump Create(string queue) => new(function, queue, client, signals, hostJson, options.Value, clock, loggers.CreateLogger<QueuePump>());
        return function.HasSessions ? new SessionPumps(function.Queue, relay.Value.Accounts.Keys, Create, client, clock) : Create(function.Queue);
    }

    /// <summary>
    /// A pump that fails is a bug: a relay that accepts webhooks and relays none must not go on. So is one that was
    /// cancelled while nothing stops the host.
    /// </summary>
    private async Task WatchAsync(BackgroundService pump)
    {
        try
        {
            await (pump.ExecuteTask ?? Task.CompletedTask);
        }
        catch (Exception exception) when (!_isDisposed && (exception is not OperationCanceledException || !lifetime.ApplicationStopping.IsCancellationRequested))
        {
            Log.PumpFailed(_logger, exception);
            Environment.ExitCode = 1;
            lifetime.StopApplication();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Critical, Message = "A trigger stopped working, so the host stops.")]
        public static partial void PumpFailed(ILogger logger, Exception exception);
    }
}
