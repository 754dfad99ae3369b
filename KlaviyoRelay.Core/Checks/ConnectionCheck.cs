using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Helpdesks.Checking;
using KlaviyoRelay.Core.Klaviyo;

namespace KlaviyoRelay.Core.Checks;

/// <summary>
/// Tells whether connections are set up rightly: keys, scopes, credentials, queue and vault. It changes nothing
/// anywhere, slows no delivery, and is over within about 20 s.
/// </summary>
public sealed class ConnectionCheck
{
    private readonly ConnectionRegistry _connections;
    private readonly KlaviyoAccounts _accounts;
    private readonly SecretCheck _secrets;
    private readonly KlaviyoCheck _klaviyo;
    private readonly QueueCheck _queue;
    private readonly RecordCheck _record;
    private readonly WebhookSecretCheck _webhooks;
    private readonly IReadOnlyList<IHelpdeskCheck> _helpdesks;

    internal ConnectionCheck(
        ConnectionRegistry connections,
        KlaviyoAccounts accounts,
        SecretCheck secrets,
        WebhookSecretCheck webhooks,
        KlaviyoCheck klaviyo,
        QueueCheck queue,
        RecordCheck record,
        IEnumerable<IHelpdeskCheck> helpdesks)
    {
        _webhooks = webhooks;
        _connections = connections;
        _accounts = accounts;
        _secrets = secrets;
        _klaviyo = klaviyo;
        _queue = queue;
        _record = record;
        _helpdesks = [.. helpdesks];
    }

    /// <summary>The names of the connections, in alphabetical order.</summary>
    public IReadOnlyList<string> Connections => [.. _connections.All.Select(connection => connection.Name).Order(StringComparer.Ordinal)];

    /// <summary>Checks some connections; an account or a secret that several of them share is asked for once.</summary>
    /// <param name="names">Names out of <see cref="Connections"/>.</param>
    /// <param name="cancellationToken">Ends the checks.</param>
    /// <returns>A report for each name, in the same order.</returns>
    /// <exception cref="ArgumentException">There is no connection of such a name.</exception>
    public async Task<IReadOnlyList<CheckReport>> CheckAsync(IEnumerable<string> names, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(names);
        var connections = names.Select(name => _connections.Find(name) ?? throw new ArgumentException("There is no such connection.", nameof(names))).ToList();
        var run = new CheckRun(connections, _secrets, _klaviyo, _accounts, _queue, cancellationToken);
        return await Task.WhenAll(connections.Select(connection => CheckAsync(connection, run, cancellationToken)));
    }

    private async Task<CheckReport> CheckAsync(Connection connection, CheckRun run, CancellationToken cancellationToken)
    {
        var vault = VaultAsync(connection, run);
        var webhook = _webhooks.CheckAsync(connection, run);
        var klaviyo = Task.WhenAll(connection.Accounts.Select(account => KlaviyoAsync(connection, account, run)));
        var helpdesk = HelpdeskAsync(connection, run, cancellationToken);
        var queue = run.Queue;
        var record = _record.CheckAsync(connection, cancellationToken);
        IEnumerable<CheckLine> revision = _klaviyo.CheckRevision() is { } old ? [old.Of("Klaviyo API revision")] : [];
        return new CheckReport(
            connection.Name,
            [(await vault).Of("Key Vault"), .. await webhook, .. (await klaviyo).SelectMany(lines => lines), .. revision, .. await helpdesk, (await queue).Of("Queue"), (await record).Of("Conversation record")]);
    }

    private async Task<Finding> VaultAsync(Connection connection, CheckRun run)
    {
        if (_secrets.IsWithoutVault)
        {
            return Finding.NotNeeded("Secrets come from the app's settings");
        }

        var readings = await Task.WhenAll(SecretsOf(connection, run).Distinct(StringComparer.Ordinal).Select(run.SecretAsync));
        return readings.Select(reading => reading.StoreProblem).FirstOrDefault(problem => problem is not null)
            ?? Finding.Ok("Reachable, and its secrets may be read");
    }

    private IEnumerable<string> SecretsOf(Connection connection, CheckRun run) =>
        [.. WebhookSecretCheck.SecretsOf(connection), .. connection.Accounts.Select(run.SecretOf), .. HelpdeskOf(connection) is { } helpdesk ? [helpdesk.SecretOf(connection)] : Array.Empty<string>()];

    private static async Task<IReadOnlyList<CheckLine>> KlaviyoAsync(Connection connection, string account, CheckRun run)
    {
        var findings = await run.KlaviyoAsync(account);
        var profilesRead = connection.Options.CreateProfiles ? Finding.NotNeeded("Profiles are looked up with CreateProfiles=false only") : findings.ProfilesRead;
        return
        [
            findings.Key.Of($"Klaviyo {account}: key"),
            findings.AccountsRead.Of($"Klaviyo {account}: accounts:read"),
            findings.EventsWrite.Of($"Klaviyo {account}: events:write"),
            profilesRead.Of($"Klaviyo {account}: profiles:read"),
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

    private IHelpdeskCheck? HelpdeskOf(Connection connection) => _helpdesks.FirstOrDefault(helpdesk => helpdesk.Helpdesk == connection.Helpdesk.Name);
}
