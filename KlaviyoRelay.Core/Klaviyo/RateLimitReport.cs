using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Core.Klaviyo;

/// <summary>What is used of Klaviyo's rate limits in this process, for a person to look at.</summary>
public sealed class RateLimitReport(KlaviyoAccounts accounts)
{
    /// <summary>Each account's limits at this moment.</summary>
    public IReadOnlyList<RateLimitUse> Read() =>
    [
        .. accounts.All.SelectMany(account => new[]
        {
            account.Events.Use(account.Name, "events"),
            account.BulkJobs.Use(account.Name, "bulk jobs"),
            account.Profiles.Use(account.Name, "profiles"),
        }),
    ];
}
