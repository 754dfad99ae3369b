using KlaviyoRelay.Core.Clocks;
using KlaviyoRelay.Core.Http;
using Microsoft.Extensions.Caching.Memory;
using ZiggyCreatures.Caching.Fusion;

namespace KlaviyoRelay.Core.Insights;

/// <summary>Something that was asked for, and what came of it.</summary>
/// <param name="Value">The last that is known; null when nothing is.</param>
/// <param name="ReadAt">When it was read.</param>
/// <param name="AskAgainAt">Not before this time it is asked for again.</param>
/// <param name="IsStale">Whether it is older than it is meant to be.</param>
/// <param name="Failure">Why the last attempt to read it failed; null when it did not.</param>
public sealed record Reading<T>(T? Value, DateTimeOffset ReadAt, DateTimeOffset AskAgainAt, bool IsStale, DeliveryFailure? Failure)
    where T : class;

/// <summary>
/// What cards show, in this process's memory. A fresh value is given as it is. An old one is given while one attempt to read it anew
/// runs, or after that failed. Only one attempt for the same thing runs at a time.
/// </summary>
/// <remarks>FusionCache measures by the machine's clock alone. So age is judged here, and it is told when a value is old.</remarks>
public sealed class InsightCache : IDisposable
{
    /// <summary>How long a value is fresh.</summary>
    public static TimeSpan Fresh { get; } = TimeSpan.FromMinutes(10);

    /// <summary>How long nothing is asked for again that could not be read, where Klaviyo does not say.</summary>
    public static TimeSpan Pause { get; } = TimeSpan.FromSeconds(5);

    // Personal data is forgotten soon after the last look at it.
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    // Klaviyo may ask for a long wait.
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(2);

    private const int MostEntries = 50_000;

    private readonly TimeProvider _clock;
    private readonly MemoryCache _memory = new(new MemoryCacheOptions { SizeLimit = MostEntries });
    private readonly FusionCache _cache;

    public InsightCache(TimeProvider clock)
    {
        _clock = clock;
        _cache = new FusionCache(
            new FusionCacheOptions
            {
                DefaultEntryOptions = new FusionCacheEntryOptions
                {
                    Duration = Kept,
                    Size = 1,
                    IsFailSafeEnabled = true,
                    FailSafeMaxDuration = Kept,
                    // Where there is an old value, a question waits no longer than this for a new one.
                    FactorySoftTimeout = TimeSpan.FromMilliseconds(100),
                    AllowTimedOutFactoryBackgroundCompletion = true,
                },
            },
            _memory);
    }

    /// <summary>What is known, or what is read now.</summary>
    /// <param name="key">Names it, without personal data.</param>
    /// <param name="fresh">How long it is fresh; <see cref="Fresh"/> unless it hardly ever changes.</param>
    /// <param name="read">Reads it.</param>
    public async Task<Reading<T>> GetAsync<T>(string key, TimeSpan fresh, Func<Task<Result<T>>> read)
        where T : class
    {
        var known = await _cache.TryGetAsync<Reading<T>>(key);
        if (known.HasValue)
        {
            if (_clock.WallTime() < known.Value.AskAgainAt)
            {
                return known.Value;
            }

            await _cache.ExpireAsync(key);
        }

        var reading = await _cache.GetOrSetAsync<Reading<T>>(
            key,
            async (context, _) =>
            {
                var before = context.StaleValue.HasValue ? context.StaleValue.Value : null;
                // Another question has read it a moment ago.
                return before is not null && _clock.WallTime() < before.AskAgainAt ? before : ReadingOf(before, fresh, await read());
            },
            options => options.SetDuration(fresh > Kept ? fresh : Kept));
        return reading with { IsStale = reading.Value is not null && _clock.WallTime() >= reading.ReadAt + fresh };
    }

    public void Dispose()
    {
        _cache.Dispose();
        _memory.Dispose();
    }

    private Reading<T> ReadingOf<T>(Reading<T>? before, TimeSpan fresh, Result<T> result)
        where T : class
    {
        var now = _clock.WallTime();
        if (result.IsSuccess)
        {
            return new Reading<T>(result.Value, now, now + fresh, IsStale: false, Failure: null);
        }

        var pause = result.Failure.RetryAfter is { } asked && asked > TimeSpan.Zero ? asked : Pause;
        var again = now + (pause < LongestPause ? pause : LongestPause);
        // Without the account's key the relay no longer shows what it has read.
        var kept = result.Failure.Reason == DeadLetterReason.NotConfigured ? null : before?.Value;
        return new Reading<T>(kept, kept is null ? now : before!.ReadAt, again, IsStale: kept is not null, result.Failure);
    }
}
