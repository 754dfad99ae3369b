using System.Globalization;
using System.Net;
using System.Text.Json;
using KlaviyoRelay.Core.Clocks;
using KlaviyoRelay.Core.Helpdesks.Checking;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo;

namespace KlaviyoRelay.Core.Checks;

/// <summary>Whether an account's key is valid and has the scopes that the relay needs. Records nothing in Klaviyo.</summary>
public sealed class KlaviyoCheck(KlaviyoScopes scopes, TimeProvider clock)
{
    private const string NewKeyWithAccounts = "create a new private key with Accounts: Read beside Events: Full and Profiles: Full, or leave PublicApiKey out";

    private const string UpdateRelay = "update the relay to a version that speaks a newer one";

    // GET /api/accounts allows one request a second; who has to wait longer than this comes too often.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    /// <param name="account">The account, for the limit of checks.</param>
    /// <param name="key">The newest value of its key.</param>
    /// <param name="needs">What the account is used for.</param>
    public async Task<KlaviyoFindings> CheckAsync(KlaviyoAccount account, string key, KlaviyoNeeds needs, CancellationToken cancellationToken)
    {
        if (!await account.Checks.WaitAsync(LongestWait, cancellationToken))
        {
            return KlaviyoFindings.WithoutScopes(
                Finding.Unknown("Klaviyo allows few checks a minute, and these are used up", "try again in 60 s"), "the key was not tried");
        }

        try
        {
            return await CheckInTurnAsync(account, key, needs, cancellationToken);
        }
        finally
        {
            account.Checks.Finish();
        }
    }

    /// <summary>What is to be known of the API's revision; null while it is stable.</summary>
    public Finding? CheckRevision() => clock.WallTime() switch
    {
        var now when now >= KlaviyoRevision.Retires => Retired,
        var now when now >= KlaviyoRevision.Deprecated => Finding.Warning(
            $"Klaviyo retires the revision {KlaviyoRevision.Name} of its API, which this relay speaks, in about {Math.Ceiling((KlaviyoRevision.Retires - now).TotalDays).ToString(CultureInfo.InvariantCulture)} days",
            UpdateRelay),
        _ => null,
    };

    private static Finding Retired => Finding.Failed($"Klaviyo no longer serves the revision {KlaviyoRevision.Name} of its API", UpdateRelay);

    private async Task<KlaviyoFindings> CheckInTurnAsync(KlaviyoAccount account, string key, KlaviyoNeeds needs, CancellationToken cancellationToken)
    {
        var (keyFinding, accountsRead) = await CheckKeyAsync(account, key, cancellationToken);
        if (keyFinding.Outcome == CheckOutcome.Failed)
        {
            return KlaviyoFindings.WithoutScopes(keyFinding, "the key has to work first");
        }

        var eventsWrite = scopes.EventsWriteAsync(key, cancellationToken);
        var profilesRead = needs.ReadsProfiles || needs.UsesJobs || needs.HasCard ? scopes.ProfilesReadAsync(key, cancellationToken) : null;
        var profilesWrite = needs.WritesProfiles || needs.UsesJobs ? scopes.ProfilesWriteAsync(key, cancellationToken) : null;
        var listsWrite = needs.UsesJobs ? scopes.ListsWriteAsync(key, cancellationToken) : null;
        var listsRead = needs.UsesJobs || needs.HasCard ? scopes.ListsReadAsync(key, cancellationToken) : null;
        var flowsRead = needs.StartsFlows ? scopes.FlowsReadAsync(key, cancellationToken) : null;
        var segmentsRead = needs.HasCard ? scopes.SegmentsReadAsync(key, cancellationToken) : null;
        var eventsRead = needs.HasCard ? scopes.EventsReadAsync(key, cancellationToken) : null;
        var campaignsRead = needs.HasCard ? scopes.CampaignsReadAsync(key, cancellationToken) : null;
        return new KlaviyoFindings
        {
            Key = keyFinding,
            AccountsRead = accountsRead,
            EventsWrite = await eventsWrite,
            ProfilesRead = profilesRead is null ? null : await profilesRead,
            ProfilesWrite = profilesWrite is null ? null : await profilesWrite,
            ListsWrite = listsWrite is null ? null : await listsWrite,
            ListsRead = listsRead is null ? null : await listsRead,
            FlowsRead = flowsRead is null ? null : await flowsRead,
            SegmentsRead = segmentsRead is null ? null : await segmentsRead,
            EventsRead = eventsRead is null ? null : await eventsRead,
            CampaignsRead = campaignsRead is null ? null : await campaignsRead,
        };
    }

    private async Task<(Finding Key, Finding AccountsRead)> CheckKeyAsync(KlaviyoAccount account, string key, CancellationToken cancellationToken)
    {
        using var answer = await scopes.SendAsync(HttpMethod.Get, "api/accounts", key, body: null, cancellationToken);
        if (answer.Response is { StatusCode: HttpStatusCode.TooManyRequests } throttled)
        {
            account.Checks.PauseFor(RetryAfter.Read(throttled, clock) ?? TimeSpan.Zero);
        }

        if (scopes.Api.TroubleWith(answer, clock) is { } trouble)
        {
            var wrong = trouble.Outcome == CheckOutcome.Unknown ? OddityOf(account, key) : null;
            return (wrong ?? trouble, Finding.Unknown("the key could not be checked"));
        }

        return answer.Response?.StatusCode switch
        {
            HttpStatusCode.OK when AccountOf(answer.Body) is { } owner => (KeyOf(account, key, owner), Finding.Ok("Granted")),
            // The documented scope of the call; the key itself was accepted.
            HttpStatusCode.Forbidden when account.PublicApiKey.Length > 0 =>
                (Finding.Ok($"Key {KlaviyoKey.Mask(key)} is valid"), Finding.Failed($"Key is valid but lacks accounts:read, so whether it is of the account {account.PublicApiKey} can't be told", NewKeyWithAccounts)),
            HttpStatusCode.Forbidden =>
                (Finding.Ok($"Key {KlaviyoKey.Mask(key)} is valid"), Finding.NotNeeded("Key is valid but lacks accounts:read, which the relay works without: only the account's name can't be shown")),
            HttpStatusCode.Gone => (Retired, Finding.Unknown("the key could not be checked")),
            HttpStatusCode.NotFound => (scopes.Api.NotThere, Finding.Unknown("the key could not be checked")),
            _ when await KlaviyoScopes.IsRefusedAsync(answer.Response, cancellationToken) => (Refused(account, key), Finding.Unknown("the key could not be checked")),
            var status => (Finding.Unknown($"Klaviyo answered {(int?)status} with something else than an account"), Finding.Unknown("the key could not be checked")),
        };
    }

    private static Finding Refused(KlaviyoAccount account, string key) => OddityOf(account, key)
        ?? Finding.Failed($"Klaviyo refuses the key {KlaviyoKey.Mask(key)}, which is revoked, deleted or mistyped", StoreNewKey(account));

    private static Finding? OddityOf(KlaviyoAccount account, string key) => KlaviyoKey.Oddity(key) is { } oddity
        ? Finding.Failed($"The key {KlaviyoKey.Mask(key)} is no private key, because {oddity}", StoreNewKey(account))
        : null;

    private static string StoreNewKey(KlaviyoAccount account) =>
        $"create a private key with Events: Full and Profiles: Full in Klaviyo, Settings, API keys, and store it in the secret '{account.PrivateKeySecret}'";

    private static Finding KeyOf(KlaviyoAccount account, string key, KlaviyoAccountAnswer.Account owner)
    {
        var name = Printable($"{owner.Attributes?.ContactInformation?.OrganizationName} ({owner.Id})");
        return account.PublicApiKey.Length == 0 || account.PublicApiKey == (owner.Attributes?.PublicApiKey ?? owner.Id)
            ? Finding.Ok($"Key {KlaviyoKey.Mask(key)} of {name}")
            : Finding.Failed(
                $"Key {KlaviyoKey.Mask(key)} is of {name}, and not of the account {account.PublicApiKey}",
                $"store a private key of that account in the secret '{account.PrivateKeySecret}', or correct Relay__Accounts__{account.Name}__PublicApiKey");
    }

    private static KlaviyoAccountAnswer.Account? AccountOf(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body.Span, KlaviyoJsonContext.Default.KlaviyoAccountAnswer)?.Data is [{ Id.Length: > 0 } account, ..] ? account : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // It goes to a terminal, and an account may be named at will.
    private static string Printable(string name) => new([.. name.Trim().Where(letter => !char.IsControl(letter)).Take(100)]);
}
