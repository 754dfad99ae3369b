using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Core.Klaviyo;

/// <summary>A Klaviyo account: whose key to use, and what is left of its rate limits.</summary>
public sealed class KlaviyoAccount(string name, AccountOptions options, TimeProvider clock, IReadOnlySet<Lane> lanes, int instances = 1)
{
    private readonly Dictionary<(KlaviyoEndpoint Endpoint, Lane Lane), RateLimiter> _limiters = RateTable.Limiters(options.RateShare, lanes, clock, instances);

    public KlaviyoAccount(string name, AccountOptions options, TimeProvider clock)
        : this(name, options, clock, new HashSet<Lane> { Lane.Conversations })
    {
    }

    public string Name { get; } = name;

    public string PrivateKeySecret => options.PrivateKeySecret;

    /// <summary>The secret of the key for the audit; null when it has none of its own.</summary>
    public string? AuditKeySecret => options.AuditKeySecret is { Length: > 0 } secret ? secret : null;

    /// <summary>The secret of the key for campaigns; null when it has none of its own.</summary>
    public string? CampaignsKeySecret => options.CampaignsKeySecret is { Length: > 0 } secret ? secret : null;

    /// <summary>Every secret that holds a key of the account.</summary>
    public IReadOnlyList<string> Secrets => [.. Enum.GetValues<Lane>().Select(SecretOf).Distinct(StringComparer.Ordinal)];

    /// <summary>Whether campaigns may be made and sent.</summary>
    public bool HasCampaigns => options.CampaignsEnabled;

    public string PublicApiKey => options.PublicApiKey;

    public RateLimiter Events
    {
        get => field ?? Limiter(KlaviyoEndpoint.CreateEvent, Lane.Conversations);
        init;
    }

    public RateLimiter BulkJobs
    {
        get => field ?? Limiter(KlaviyoEndpoint.CreateEvents, Lane.Conversations);
        init;
    }

    public RateLimiter Profiles
    {
        get => field ?? Limiter(KlaviyoEndpoint.FindProfiles, Lane.Conversations);
        init;
    }

    /// <summary>Of <c>GET /api/accounts</c>, which only checks ask: one permit lets a check of this account begin.</summary>
    public RateLimiter Checks => Limiter(KlaviyoEndpoint.ReadAccount, Lane.Conversations);

    /// <summary>The secret of the key that a lane sends with.</summary>
    public string SecretOf(Lane lane) => lane switch
    {
        Lane.Audit => AuditKeySecret,
        Lane.Campaigns => CampaignsKeySecret,
        _ => null,
    } ?? PrivateKeySecret;

    /// <summary>How many requests of a lane an endpoint takes in a minute.</summary>
    public int PerMinute(KlaviyoEndpoint endpoint, Lane lane) => RateTable.PerMinute(endpoint, lane, options.RateShare, lanes, instances);

    /// <summary>The limiter of an endpoint for a lane that the account uses.</summary>
    public RateLimiter Limiter(KlaviyoEndpoint endpoint, Lane lane) => _limiters[(endpoint, lane)];
}
