using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Helpdesks.Checking;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Records;

namespace KlaviyoRelay.Core.Checks;

/// <summary>
/// Tells whether connections are set up rightly: keys, scopes, credentials, queue and vault. It changes nothing
/// anywhere, slows no delivery, and is over within about 20 s.
/// </summary>
public sealed class ConnectionCheck(
    ConnectionRegistry connections,
    KlaviyoAccounts accounts,
    Syncs syncs,
    SecretCheck secrets,
    WebhookSecretCheck webhooks,
    KlaviyoCheck klaviyo,
    AuditScopes audit,
    CampaignCheck campaigns,
    QueueCheck queue,
    RecordCheck record,
    IEnumerable<IHelpdeskCheck> helpdesks)
{
    /// <summary>The names of the connections, in alphabetical order.</summary>
    public IReadOnlyList<string> Connections => [.. connections.All.Select(connection => connection.Name).Order(StringComparer.Ordinal)];

    /// <summary>The accounts that only syncs use, in alphabetical order.</summary>
    public IReadOnlyList<string> AccountsOfSyncs =>
        [.. syncs.All.Select(sync => sync.Account).Distinct(StringComparer.Ordinal).Where(account => connections.All.All(connection => !connection.Accounts.Contains(account))).Order(StringComparer.Ordinal)];

    /// <summary>Checks the keys of <see cref="AccountsOfSyncs"/>: a report for each.</summary>
    public async Task<IReadOnlyList<CheckReport>> CheckAccountsAsync(CancellationToken cancellationToken)
    {
        var run = new CheckRun([], syncs, secrets, klaviyo, audit, campaigns, accounts, queue, cancellationToken);
        return await Task.WhenAll(AccountsOfSyncs.Select(async account => new CheckReport(null, await KlaviyoAsync(hasCard: false, readsProfiles: run.SyncsReadProfiles(account), account, run)) { Account = account }));
    }

    /// <summary>Checks some connections; an account or a secret that several of them share is asked for once.</summary>
    /// <param name="names">Names out of <see cref="Connections"/>.</param>
    /// <returns>A report for each name, in the same order.</returns>
    /// <exception cref="ArgumentException">There is no connection of such a name.</exception>
    public async Task<IReadOnlyList<CheckReport>> CheckAsync(IEnumerable<string> names, CancellationToken cancellationToken)
    {
        var chosen = names.Select(name => connections.Find(name) ?? throw new ArgumentException("There is no such connection.", nameof(names))).ToList();
        var run = new CheckRun(chosen, syncs, secrets, klaviyo, audit, campaigns, accounts, queue, cancellationToken);
        return await Task.WhenAll(chosen.Select(connection => CheckAsync(connection, run, cancellationToken)));
    }

    private async Task<CheckReport> CheckAsync(Connection connection, CheckRun run, CancellationToken cancellationToken)
    {
        var vault = VaultAsync(connection, run);
        var webhookLines = webhooks.CheckAsync(connection, run);
        var accountLines = Task.WhenAll(connection.Accounts.Select(account => KlaviyoAsync(connection.Options.Card.IsOn, !connection.Options.CreateProfiles || connection.Options.Card.IsOn || run.SyncsReadProfiles(account), account, run)));
        var helpdesk = HelpdeskAsync(connection, run, cancellationToken);
        var cardLines = Task.WhenAll(CardSecretsOf(connection).Select(async card => ((await run.SecretAsync(card.Secret)).Problem ?? Finding.Ok("Present")).Of(card.Subject)));
        var recordLine = record.CheckAsync(connection, cancellationToken);
        IEnumerable<CheckLine> revision = klaviyo.CheckRevision() is { } old ? [old.Of("Klaviyo API revision")] : [];
        return new CheckReport(
            connection.Name,
            [(await vault).Of("Key Vault"), .. await webhookLines, .. await cardLines, .. (await accountLines).SelectMany(lines => lines), .. revision, .. await helpdesk, (await run.Queue).Of("Queue"), (await recordLine).Of("Conversation record")]);
    }

    private async Task<Finding> VaultAsync(Connection connection, CheckRun run)
    {
        if (secrets.IsWithoutVault)
        {
            return Finding.NotNeeded("Secrets come from the app's settings");
        }

        var readings = await Task.WhenAll(SecretsOf(connection, run).Distinct(StringComparer.Ordinal).Select(run.SecretAsync));
        return readings.Select(reading => reading.StoreProblem).FirstOrDefault(problem => problem is not null)
            ?? Finding.Ok("Reachable, and its secrets may be read");
    }

    private IEnumerable<string> SecretsOf(Connection connection, CheckRun run) =>
        [.. WebhookSecretCheck.SecretsOf(connection), .. CardSecretsOf(connection).Select(card => card.Secret), .. connection.Accounts.SelectMany(run.SecretsOf), .. HelpdeskOf(connection) is { } helpdesk ? [helpdesk.SecretOf(connection)] : Array.Empty<string>()];

    private static IEnumerable<(string Subject, string Secret)> CardSecretsOf(Connection connection) => connection.Options.Card switch
    {
        { IsOn: false } => [],
        { SecondSecret.Length: > 0 } card => [("Card secret", card.Secret), ("Card second secret", card.SecondSecret)],
        var card => [("Card secret", card.Secret)],
    };

    // Of an account that several connections share, each tells only what it needs itself.
    private static async Task<IReadOnlyList<CheckLine>> KlaviyoAsync(bool hasCard, bool readsProfiles, string account, CheckRun run)
    {
        var findings = await run.KlaviyoAsync(account);
        var profilesRead = readsProfiles ? findings.ProfilesRead : null;
        IEnumerable<(string Scope, Finding? Finding)> others =
        [
            ("profiles:write", findings.ProfilesWrite),
            ("lists:write", findings.ListsWrite),
            ("lists:read", hasCard || run.UsesJobs(account) ? findings.ListsRead : null),
            ("segments:read", hasCard ? findings.SegmentsRead : null),
            ("events:read", hasCard ? findings.EventsRead : null),
            ("campaigns:read", hasCard ? findings.CampaignsRead : null),
            ("flows:read", findings.FlowsRead),
        ];
        return
        [
            findings.Key.Of($"Klaviyo {account}: key"),
            findings.AccountsRead.Of($"Klaviyo {account}: accounts:read"),
            findings.EventsWrite.Of($"Klaviyo {account}: events:write"),
            (profilesRead ?? Finding.NotNeeded("Profiles are looked up for cards, and with CreateProfiles=false only")).Of($"Klaviyo {account}: profiles:read"),
            .. others.Where(one => one.Finding is not null).Select(one => one.Finding!.Of($"Klaviyo {account}: {one.Scope}")),
            .. (await run.AuditAsync(account)).Select(one => one.Finding.Of($"Klaviyo {account}, audit: {one.Scope}")),
            .. await run.CampaignsAsync(account),
        ];
    }

    private async Task<IReadOnlyList<CheckLine>> HelpdeskAsync(Connection connection, CheckRun run, CancellationToken cancellationToken)
    {
        if (HelpdeskOf(connection) is not { } helpdesk)
        {
            return [Finding.NotNeeded("The webhooks hold everything; no API is asked").Of("Helpdesk API")];
        }

        var reading = await run.SecretAsync(helpdesk.SecretOf(connection));
        return reading.Value is { } secret
            ? await helpdesk.CheckAsync(connection, secret, cancellationToken)
            : [(reading.Problem ?? Finding.Unknown("there are no credentials")).Of($"{connection.Helpdesk.Title} API")];
    }

    private IHelpdeskCheck? HelpdeskOf(Connection connection) => helpdesks.FirstOrDefault(helpdesk => helpdesk.Helpdesk == connection.Helpdesk.Name);
}
