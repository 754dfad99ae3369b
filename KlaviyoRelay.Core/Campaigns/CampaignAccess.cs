using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Klaviyo;

namespace KlaviyoRelay.Core.Campaigns;

/// <summary>The accounts that campaigns may be made in.</summary>
public sealed class CampaignAccess(KlaviyoAccounts accounts, ConnectionRegistry connections)
{
    /// <summary>Every account, in alphabetical order.</summary>
    public IReadOnlyList<string> All => [.. accounts.All.Select(account => account.Name).Order(StringComparer.Ordinal)];

    /// <summary>Those whose setting allows campaigns.</summary>
    public IReadOnlyList<string> Allowed => [.. accounts.All.Where(account => account.HasCampaigns).Select(account => account.Name).Order(StringComparer.Ordinal)];

    /// <summary>An account; null when there is none of the name.</summary>
    public KlaviyoAccount? Find(string name) => accounts.Find(name);

    /// <summary>The connections whose conversations are of an account's customers.</summary>
    public IReadOnlyList<string> Feeding(string account) =>
        [.. connections.All.Where(connection => connection.Accounts.Contains(account)).Select(connection => connection.Name).Order(StringComparer.Ordinal)];

    /// <summary>What to say where campaigns are off.</summary>
    public static string Off(string account) => $"Campaigns are off for this account: set Relay__Accounts__{account}__CampaignsEnabled to true (docs/campaigns.md).";
}
