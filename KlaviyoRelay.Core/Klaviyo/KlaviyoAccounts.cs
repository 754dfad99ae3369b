using KlaviyoRelay.Core.Connections;
using Microsoft.Extensions.Options;

namespace KlaviyoRelay.Core.Klaviyo;

/// <summary>The configured Klaviyo accounts, by name.</summary>
internal sealed class KlaviyoAccounts(IOptions<RelayOptions> options, TimeProvider clock)
{
    private readonly Dictionary<string, KlaviyoAccount> _accounts = options.Value.Accounts
        .ToDictionary(pair => pair.Key, pair => new KlaviyoAccount(pair.Key, pair.Value, clock), StringComparer.Ordinal);

    /// <summary>The account, or null when there is none of that name.</summary>
    public KlaviyoAccount? Find(string name) => _accounts.GetValueOrDefault(name);
}
