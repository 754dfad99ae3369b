using KlaviyoRelay.Core.Conversations.State;
using KlaviyoRelay.Core.Telemetry;
using KlaviyoRelay.Core.Work;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Core.Checks;

/// <summary>
/// Whether the relay can accept webhooks. Says nothing that a stranger should not know. Anyone may ask, so the queue is
/// asked once in 10 s at most, and everyone who asks meanwhile gets the same answer.
/// </summary>
public sealed partial class RelayHealth(IEventQueue queue, IConversationStore record, TimeProvider clock, ILogger<RelayHealth> logger)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private Task<HealthReport>? _latest;
    private long _askedAt;

    /// <summary>Asks the queue, unless it was asked just now.</summary>
    /// <param name="cancellationToken">Ends the wait; the question to the queue goes on for the others.</param>
    public Task<HealthReport> CheckAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<HealthReport>(cancellationToken);
        }

        lock (_lock)
        {
            if (_latest is null || _latest.IsFaulted || (_latest.IsCompleted && clock.GetElapsedTime(_askedAt) >= Freshness))
            {
                _askedAt = clock.GetTimestamp();
                _latest = AskAsync();
            }

            return _latest.WaitAsync(cancellationToken);
        }
    }

    private async Task<HealthReport> AskAsync()
    {
        using var timeout = new CancellationTokenSource(Timeout, clock);
        var asked = AskRecordAsync(timeout.Token);
        return new HealthReport(RelayTelemetry.Version, await IsQueueReachableAsync(timeout.Token), await asked);
    }

    private async Task<bool> IsQueueReachableAsync(CancellationToken cancellationToken)
    {
        try
        {
            await queue.CheckAsync(cancellationToken);
            return true;
        }
        catch (QueueUnavailableException exception)
        {
            Log.Unreachable(logger, exception.Message);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Log.Unreachable(logger, $"no answer within {Timeout}");
        }

        return false;
    }

    /// <summary>Webhooks are accepted without the record, so it does not decide.</summary>
    private async Task<string> AskRecordAsync(CancellationToken cancellationToken)
    {
        try
        {
            await record.ReadAsync("health", cancellationToken);
            return HealthReport.Reachable;
        }
        catch (ConversationStoreException exception)
        {
            return exception.IsProvisioned ? HealthReport.Unreachable : "not set up";
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return HealthReport.Unreachable;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "The queue can't be reached: {Reason}")]
        public static partial void Unreachable(ILogger logger, string reason);
    }
}
