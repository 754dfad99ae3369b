using System.Collections.Concurrent;
using KlaviyoRelay.Core.Clocks;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Klaviyo.Campaigns;
using KlaviyoRelay.Core.Secrets;

namespace KlaviyoRelay.Core.Campaigns;

/// <summary>
/// Lists and segments, the default sender and sizes. Klaviyo can't search in names and has ten on a page, so everything is
/// read once and kept for ten minutes. What is kept is given out only while there is a key.
/// </summary>
public sealed class Audiences(AudienceClient client, ISecretStore secrets, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    private readonly Uptime _uptime = new(clock);
    private readonly ConcurrentDictionary<string, Kept<AudienceList>> _lists = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Kept<DefaultSender>> _senders = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Account, string Id), Kept<NamedAttributes>> _sizes = new();

    /// <summary>Every list and segment.</summary>
    /// <param name="account">The account.</param>
    /// <param name="isFresh">Whether to ask Klaviyo in any case.</param>
    /// <param name="budget">The time that is left.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<Result<AudienceList>> AllAsync(KlaviyoAccount account, bool isFresh, BatchBudget budget, CancellationToken cancellationToken)
    {
        if (!isFresh && await FindAsync(_lists, account.Name, account, cancellationToken) is { } kept)
        {
            return kept;
        }

        var read = (await client.AllAsync(account, budget, cancellationToken)).Explained("lists:read or segments:read", account);
        return read.IsSuccess ? Keep(_lists, account.Name, new AudienceList(account.Name, clock.WallTime(), read.Value)) : read.Failure;
    }

    /// <summary>The lists and segments whose name has a text in it, whatever the case; all of them without a text.</summary>
    public static AudienceList Search(AudienceList all, string? text) => string.IsNullOrWhiteSpace(text)
        ? all
        : all with { Audiences = [.. all.Audiences.Where(one => one.Name.Contains(text.Trim(), StringComparison.OrdinalIgnoreCase))] };

    /// <summary>The account's default sender.</summary>
    public async Task<Result<DefaultSender>> SenderAsync(KlaviyoAccount account, BatchBudget budget, CancellationToken cancellationToken)
    {
        if (await FindAsync(_senders, account.Name, account, cancellationToken) is { } kept)
        {
            return kept;
        }

        var read = (await client.FindSenderAsync(account, budget, cancellationToken)).Explained("accounts:read", account);
        return read.IsSuccess ? Keep(_senders, account.Name, read.Value) : read;
    }

    /// <summary>How many profiles they have together, at most; null when Klaviyo does not tell in time.</summary>
    public async Task<int?> SizeAsync(KlaviyoAccount account, IEnumerable<Audience> audiences, BatchBudget budget, CancellationToken cancellationToken)
    {
        var sum = 0;
        foreach (var audience in audiences)
        {
            if (await FindAsync(_sizes, (account.Name, audience.Id), account, cancellationToken) is not { } size)
            {
                var read = await client.CountAsync(account, audience, budget, cancellationToken);
                if (read.Value?.Data?.Attributes is not { ProfileCount: not null } attributes)
                {
                    return null;
                }

                size = Keep(_sizes, (account.Name, audience.Id), attributes);
            }

            sum += size.ProfileCount ?? 0;
        }

        return sum;
    }

    private async Task<T?> FindAsync<TKey, T>(ConcurrentDictionary<TKey, Kept<T>> all, TKey key, KlaviyoAccount account, CancellationToken cancellationToken)
        where TKey : notnull
        where T : class
    {
        if (!all.TryGetValue(key, out var kept) || _uptime.Now - kept.At > Fresh)
        {
            return null;
        }

        try
        {
            await secrets.GetAsync(account.SecretOf(Lane.Campaigns), cancellationToken);
            return kept.Value;
        }
        catch (SecretUnavailableException)
        {
            // The account was taken off: what was known of it is forgotten, and the next request says why.
            all.TryRemove(key, out _);
            return null;
        }
    }

    private T Keep<TKey, T>(ConcurrentDictionary<TKey, Kept<T>> all, TKey key, T value)
        where TKey : notnull
        where T : class
    {
        all[key] = new Kept<T>(value, _uptime.Now);
        return value;
    }

    private sealed record Kept<T>(T Value, TimeSpan At);
}
