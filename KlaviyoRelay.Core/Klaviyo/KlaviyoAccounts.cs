namespace KlaviyoRelay.Core.Klaviyo;

/// <summary>The configured Klaviyo accounts, by name.</summary>
public sealed class KlaviyoAccounts(IEnumerable<KlaviyoAccount> accounts)
{
    private readonly Dictionary<string, KlaviyoAccount> _accounts = accounts.ToDictionary(account => account.Name, StringComparer.Ordinal);

    public static KlaviyoAccounts Of(IReadOnlyDictionary<string, AccountOptions> accounts, TimeProvider clock) =>
        new(accounts.Select(pair => new KlaviyoAccount(pair.Key, pair.Value, clock)));

    /// <summary>Every account.</summary>
    public IReadOnlyCollection<KlaviyoAccount> All => _accounts.Values;

    /// <summary>The account, or null when there is none of that name.</summary>
    public KlaviyoAccount? Find(string name) => _accounts.GetValueOrDefault(name);
}
