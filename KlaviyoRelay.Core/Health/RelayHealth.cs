using KlaviyoRelay.Core.Queueing;
using KlaviyoRelay.Core.Telemetry;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Core.Health;

/// <summary>Whether the relay can accept webhooks. Says nothing that a stranger should not know.</summary>
public sealed partial class RelayHealth(IEventQueue queue, TimeProvider clock, ILogger<RelayHealth> logger)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>Asks the queue.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<HealthReport> CheckAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await queue.CheckAsync(either.Token);
            return new HealthReport(RelayTelemetry.Version, IsHealthy: true);
        }
        catch (QueueUnavailableException exception)
        {
            Log.Unreachable(logger, exception.Message);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            Log.Unreachable(logger, $"no answer within {Timeout}");
        }

        return new HealthReport(RelayTelemetry.Version, IsHealthy: false);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "The queue can't be reached: {Reason}")]
        public static partial void Unreachable(ILogger logger, string reason);
    }
}
