using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Core.Conversations.Receiving;

/// <summary>
/// Logs what was refused: the first of a connection and outcome at once, and what follows as one line a minute with
/// its number. So an engineer sees a wrong secret when it is tried, and a stranger can't fill the log.
/// </summary>
public sealed partial class RefusalLog(TimeProvider clock, ILogger<WebhookReceiver> logger) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();

    // As many as there are connections and outcomes: a stranger adds none.
    private readonly Dictionary<(string? Connection, string Why), Tally> _tallies = [];

    /// <summary>A webhook was refused.</summary>
    /// <param name="connection">The connection; null when its address names none.</param>
    /// <param name="outcome">Why, by the name under which it is counted.</param>
    /// <param name="isProven">Whether its credentials were right: then each is logged, because no stranger can cause it.</param>
    public void Refused(string? connection, string outcome, bool isProven)
    {
        if (!isProven && !IsFirst((connection, outcome)))
        {
            return;
        }

        if (connection is null)
        {
            // Without its name: a stranger would choose what the log says.
            Log.UnknownConnection(logger);
        }
        else
        {
            Log.Refused(logger, connection, outcome);
        }
    }

    /// <summary>A webhook could not be verified, and so it may be a genuine one.</summary>
    /// <param name="problem">Why its secret can't be used.</param>
    public void SecretMissing(string connection, string problem)
    {
        // Not by the problem's text, which may differ each time.
        if (IsFirst((connection, "its secret can't be used")))
        {
            Log.SecretMissing(logger, connection, problem);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var tally in _tallies.Values)
            {
                tally.Timer.Dispose();
            }

            _tallies.Clear();
        }
    }

    private bool IsFirst((string? Connection, string Why) refusal)
    {
        lock (_lock)
        {
            if (_tallies.TryGetValue(refusal, out var tally))
            {
                tally.Count++;
                return false;
            }

            _tallies[refusal] = new Tally { Timer = clock.CreateTimer(_ => Report(refusal), state: null, Interval, Timeout.InfiniteTimeSpan) };
            return true;
        }
    }

    /// <summary>A minute is over: tells how many there were. After a quiet minute the next is the first again.</summary>
    private void Report((string? Connection, string Why) refusal)
    {
        int count;
        lock (_lock)
        {
            if (!_tallies.TryGetValue(refusal, out var tally))
            {
                return;
            }

            count = tally.Count;
            tally.Count = 0;
            if (count == 0)
            {
                tally.Timer.Dispose();
                _tallies.Remove(refusal);
                return;
            }

            tally.Timer.Change(Interval, Timeout.InfiniteTimeSpan);
        }

        if (refusal.Connection is null)
        {
            Log.MoreOfUnknownConnections(logger, count);
        }
        else
        {
            Log.MoreRefused(logger, count, refusal.Connection, refusal.Why);
        }
    }

    private sealed class Tally
    {
        public int Count { get; set; }

        public required ITimer Timer { get; init; }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 3, Level = LogLevel.Warning, Message = "Refused a webhook on connection {Connection}: {Outcome}.")]
        public static partial void Refused(ILogger logger, string connection, string outcome);

        [LoggerMessage(EventId = 4, Level = LogLevel.Warning, Message = "Refused a webhook: its address names no connection.")]
        public static partial void UnknownConnection(ILogger logger);

        [LoggerMessage(EventId = 5, Level = LogLevel.Error, Message = "Could not accept a webhook on connection {Connection}: {Reason}")]
        public static partial void SecretMissing(ILogger logger, string connection, string reason);

        [LoggerMessage(EventId = 7, Level = LogLevel.Warning, Message = "Refused {Count} more webhooks on connection {Connection} within a minute: {Why}.")]
        public static partial void MoreRefused(ILogger logger, int count, string connection, string why);

        [LoggerMessage(EventId = 8, Level = LogLevel.Warning, Message = "Refused {Count} more webhooks within a minute: their addresses name no connection.")]
        public static partial void MoreOfUnknownConnections(ILogger logger, int count);
    }
}
