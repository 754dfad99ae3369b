namespace KlaviyoRelay.Core.Klaviyo;

/// <summary>The configured Klaviyo accounts, by name.</summary>
public sealed class KlaviyoAccounts(IEnumerable<KlaviyoAccount> accounts)
{
    private readonly Dictionary<string, KlaviyoAccount> _accounts = accounts.ToDictionary(account => account.Name, StringComparer.Ordinal);

    /// <param name="accounts">The accounts' settings.</param>
    /// <param name="lanes">Which lanes send to an account.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="instances">How many processes may answer requests at once.</param>
    public static KlaviyoAccounts Of(IReadOnlyDictionary<string, AccountOptions> accounts, Func<string, IReadOnlySet<Lane>> lanes, TimeProvider clock, int instances = 1) =>
        new(accounts.Select(pair => new KlaviyoAccount(pair.Key, pair.Value, clock, lanes(pair.Key), instances)));

    /// <summary>Every account.</summary>
    public IReadOnlyCollection<KlaviyoAccount> All => _accounts.Values;

    /// <summary>The account, or null when there is none of that name.</summary>
    public KlaviyoAccount? Find(string name) => _accounts.GetValueOrDefault(name);
}
