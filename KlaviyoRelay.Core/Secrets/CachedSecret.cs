using KlaviyoRelay.Core.Clocks;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Core.Secrets;

/// <summary>
/// One secret in memory: its value, the one read of the vault that may be under way, and when the next is due.
/// Each caller that needs a read waits for that one; giving up waiting does not end it for the others.
/// </summary>
/// <param name="read">Asks the vault; never throws.</param>
/// <param name="logger">Learns of failed reads and new values.</param>
public sealed partial class CachedSecret(string name, Func<Task<SecretReading>> read, Concurrency concurrency, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan TimeToLive = TimeSpan.FromMinutes(5);

    // A vault that fails is asked again after 1, 2, 4 … 60 s, as Key Vault's guidance on throttling has it.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    // How long the vault's word holds that a refused value is its newest: a dead key must not cost a request per event.
    private static readonly TimeSpan ConfirmedFor = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly Uptime _uptime = new(clock);
    private SecretReading.Found? _found;
    private SecretReading.Failed? _failed;
    private int _failuresInARow;
    private TimeSpan _dueAt;
    private TimeSpan _confirmedUntil;
    private VaultRead? _underWay;

    /// <summary>The value that is known, however old; when it is older than its time to live, a read begins beside it.</summary>
    /// <exception cref="SecretUnavailableException">No value is known and the vault gives none.</exception>
    public ValueTask<string> GetAsync(CancellationToken cancellationToken)
    {
        VaultRead underWay;
        lock (_lock)
        {
            var isDue = _uptime.Now >= _dueAt;
            if (_found is null && _failed is not null && !isDue)
            {
                return ValueTask.FromException<string>(_failed.ToException());
            }

            if (_found is not null && !isDue)
            {
                return new ValueTask<string>(_found.Value);
            }

            underWay = _underWay ??= Begin(refused: null);
            if (_found is not null)
            {
                return new ValueTask<string>(_found.Value);
            }
        }

        return new ValueTask<string>(ValueOfAsync(underWay, cancellationToken));
    }

    /// <summary>A value other than <paramref name="refused"/> if the vault has one, else that same one.</summary>
    /// <exception cref="SecretUnavailableException">The vault can't be asked, or has no value any more.</exception>
    public async ValueTask<string> RefreshAsync(string refused, CancellationToken cancellationToken)
    {
        while (true)
        {
            VaultRead underWay;
            lock (_lock)
            {
                var now = _uptime.Now;
                if (_found is not null && (_found.Value != refused || now < _confirmedUntil))
                {
                    return _found.Value;
                }

                if (_failed is not null && now < _dueAt)
                {
                    throw _failed.ToException();
                }

                underWay = _underWay ??= Begin(refused);
            }

            var value = await ValueOfAsync(underWay, cancellationToken);
            if (value != refused || underWay.Refused == refused)
            {
                return value;
            }

            // That read may have begun before the new version was stored, so it does not tell what is newest now.
        }
    }

    private static async Task<string> ValueOfAsync(VaultRead underWay, CancellationToken cancellationToken) =>
        (await underWay.Reading.WaitAsync(cancellationToken)).ValueOrThrow();

    // Not on the caller's thread, which holds the lock.
    private VaultRead Begin(string? refused) => new(refused, concurrency.StartAsync(() => ReadAsync(refused)));

    private async Task<SecretReading> ReadAsync(string? refused)
    {
        var reading = await read();
        lock (_lock)
        {
            _underWay = null;
            switch (reading)
            {
                case SecretReading.Found found:
                    Keep(found, refused);
                    break;
                case SecretReading.Failed failed:
                    Note(failed);
                    break;
            }
        }

        return reading;
    }

    private void Keep(SecretReading.Found found, string? refused)
    {
        if (_found is not null && _found.Value != found.Value)
        {
            Log.Changed(logger, name, found.Version);
        }

        var now = _uptime.Now;
        _confirmedUntil = found.Value == refused ? now + ConfirmedFor : default;
        _dueAt = now + TimeToLive;
        _found = found;
        _failed = null;
        _failuresInARow = 0;
    }

    private void Note(SecretReading.Failed failed)
    {
        var wait = WaitAfter(++_failuresInARow);
        _dueAt = _uptime.Now + wait;
        _failed = failed;
        if (failed.Problem is SecretProblem.Missing or SecretProblem.Forbidden)
        {
            // The secret or the permission was taken away: what was known must not outlive that.
            _found = null;
        }

        if (_found is null)
        {
            Log.Unavailable(logger, failed.Message, wait.TotalSeconds);
        }
        else
        {
            Log.Stale(logger, failed.Message, wait.TotalSeconds);
        }
    }

    private static TimeSpan WaitAfter(int failures)
    {
        var doubled = TimeSpan.FromSeconds(1L << Math.Min(failures - 1, 10));
        return doubled < LongestWait ? doubled : LongestWait;
    }

    /// <summary>A read that is under way.</summary>
    /// <param name="Refused">The value whose refusal began it; null when it began because a value was needed.</param>
    /// <param name="Reading">Its end.</param>
    private sealed record VaultRead(string? Refused, Task<SecretReading> Reading);

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "The secret '{Secret}' has a new value, version {Version}, which is used from now on.")]
        public static partial void Changed(ILogger logger, string secret, string? version);

        [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "{Problem} The value that was read before is used meanwhile; the vault is asked again in {Seconds} s at the earliest.")]
        public static partial void Stale(ILogger logger, string problem, double seconds);

        [LoggerMessage(EventId = 3, Level = LogLevel.Error, Message = "{Problem} The vault is asked again in {Seconds} s at the earliest.")]
        public static partial void Unavailable(ILogger logger, string problem, double seconds);
    }
}
