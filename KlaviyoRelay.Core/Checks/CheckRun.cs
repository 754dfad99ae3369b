using System.Collections.Concurrent;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Helpdesks.Checking;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Records;

namespace KlaviyoRelay.Core.Checks;

/// <summary>One run over some connections: what they share is asked once.</summary>
public sealed class CheckRun(
    IReadOnlyCollection<Connection> connections,
    Syncs syncs,
    SecretCheck secrets,
    KlaviyoCheck klaviyo,
    AuditScopes audit,
    CampaignCheck campaigns,
    KlaviyoAccounts accounts,
    QueueCheck queue,
    CancellationToken cancellationToken)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<CheckedSecret>>> _secrets = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<Task<KlaviyoFindings>>> _accounts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<Task<IReadOnlyList<(string Scope, Finding Finding)>>>> _audits = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<Task<IReadOnlyList<CheckLine>>>> _campaigns = new(StringComparer.Ordinal);
    private readonly Lazy<Task<Finding>> _queue = new(() => queue.CheckAsync(cancellationToken));

    public Task<Finding> Queue => _queue.Value;

    public Task<CheckedSecret> SecretAsync(string name) =>
        _secrets.GetOrAdd(name, key => new Lazy<Task<CheckedSecret>>(() => secrets.ReadAsync(key, cancellationToken))).Value;

    public Task<KlaviyoFindings> KlaviyoAsync(string account) =>
        _accounts.GetOrAdd(account, name => new Lazy<Task<KlaviyoFindings>>(() => CheckAccountAsync(name))).Value;

    /// <summary>The scopes of the account's key for the audit; none where it has no such key.</summary>
    public Task<IReadOnlyList<(string Scope, Finding Finding)>> AuditAsync(string account) =>
        _audits.GetOrAdd(account, name => new Lazy<Task<IReadOnlyList<(string Scope, Finding Finding)>>>(() => CheckAuditAsync(name))).Value;

    /// <summary>What campaigns need of an account; no line where they are off.</summary>
    public Task<IReadOnlyList<CheckLine>> CampaignsAsync(string account) =>
        _campaigns.GetOrAdd(account, name => new Lazy<Task<IReadOnlyList<CheckLine>>>(() => CheckCampaignsAsync(name))).Value;

    /// <summary>Whether a sync of the account writes profiles or lists, which needs the scopes of import jobs.</summary>
    public bool UsesJobs(string account) => syncs.All.Any(sync => sync.Account == account && sync.Object != SyncObject.Events);

    /// <summary>Whether a sync of the account reads profiles: what became of jobs, or which profiles there are.</summary>
    public bool SyncsReadProfiles(string account) => UsesJobs(account) || syncs.All.Any(sync => sync.Account == account && !sync.CreatesProfiles);

    /// <summary>The secrets of the account's keys.</summary>
    public IReadOnlyList<string> SecretsOf(string account) => Find(account).Secrets;

    private async Task<IReadOnlyList<(string Scope, Finding Finding)>> CheckAuditAsync(string name)
    {
        if (Find(name).AuditKeySecret is not { } secret)
        {
            return [];
        }

        var reading = await SecretAsync(secret);
        return reading.Value is { } key ? await audit.CheckAsync(key, cancellationToken) : [("key", reading.Problem ?? Finding.Unknown("there is no key"))];
    }

    private async Task<KlaviyoFindings> CheckAccountAsync(string name)
    {
        var account = Find(name);
        var reading = await SecretAsync(account.PrivateKeySecret);
        if (reading.Value is not { } key)
        {
            return KlaviyoFindings.WithoutScopes(reading.Problem ?? Finding.Unknown("there is no key"), "there is no key to try");
        }

        var own = connections.Where(connection => connection.Accounts.Contains(name)).ToList();
        var needs = new KlaviyoNeeds(
            ReadsProfiles: own.Any(connection => !connection.Options.CreateProfiles) || SyncsReadProfiles(name),
            WritesProfiles: own.Any(connection => connection.Helpdesk.TellsOfCustomers(connection.Options)),
            UsesJobs: UsesJobs(name),
            StartsFlows: syncs.All.Any(sync => sync.Account == name && sync.Object is SyncObject.ListInsert or SyncObject.Events),
            HasCard: own.Any(connection => connection.Options.Card.IsOn));
        return await klaviyo.CheckAsync(account, key, needs, cancellationToken);
    }

    private async Task<IReadOnlyList<CheckLine>> CheckCampaignsAsync(string name)
    {
        var account = Find(name);
        if (!account.HasCampaigns)
        {
            return [];
        }

        // Klaviyo tells accounts one a second.
        await KlaviyoAsync(name);
        var reading = await SecretAsync(account.SecretOf(Lane.Campaigns));
        return reading.Value is { } key
            ? await campaigns.CheckAsync(account, key, cancellationToken)
            : [(reading.Problem ?? Finding.Unknown("there is no key")).Of($"Klaviyo {name}, campaigns: key")];
    }

    private KlaviyoAccount Find(string name) => accounts.Find(name) ?? throw new InvalidOperationException("A connection names an account that is not configured");
}
