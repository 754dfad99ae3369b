using System.Globalization;
using System.Net;
using System.Text.Json;
using KlaviyoRelay.Core.Clocks;
using KlaviyoRelay.Core.Helpdesks.Checking;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Settings;
using Microsoft.Extensions.Options;

namespace KlaviyoRelay.Core.Checks;

/// <summary>Whether an account's key is valid and has the scopes that the relay needs. Records nothing in Klaviyo.</summary>
public sealed class KlaviyoCheck(Probe probe, IOptions<KlaviyoOptions> options, TimeProvider clock)
{
    private const string NewKeyWithAccounts = "create a new private key with Accounts: Read beside Events: Full and Profiles: Full, or leave PublicApiKey out";

    private const string NewKey = "create a new private key with Events: Full and Profiles: Full; scopes of a key can't be changed";

    private const string UpdateRelay = "update the relay to a version that speaks a newer one";

    // GET /api/accounts allows one request a second; who has to wait longer than this comes too often.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    private readonly CheckedApi _api = new("Klaviyo", BaseAddress.Of(options.Value.BaseAddress), "Klaviyo__BaseAddress", "https://a.klaviyo.com");

    /// <param name="account">The account, for the limit of checks.</param>
    /// <param name="key">The newest value of its key.</param>
    /// <param name="readsProfiles">Whether a connection of the account asks Klaviyo which profiles exist.</param>
    public async Task<KlaviyoFindings> CheckAsync(KlaviyoAccount account, string key, bool readsProfiles, CancellationToken cancellationToken)
    {
        if (!await account.Checks.WaitAsync(LongestWait, cancellationToken))
        {
            return KlaviyoFindings.WithoutScopes(
                Finding.Unknown("Klaviyo allows few checks a minute, and these are used up", "try again in 60 s"), "the key was not tried");
        }

        try
        {
            return await CheckInTurnAsync(account, key, readsProfiles, cancellationToken);
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

    private async Task<KlaviyoFindings> CheckInTurnAsync(KlaviyoAccount account, string key, bool readsProfiles, CancellationToken cancellationToken)
    {
        var (keyFinding, accountsRead) = await CheckKeyAsync(account, key, cancellationToken);
        if (keyFinding.Outcome == CheckOutcome.Failed)
        {
            return KlaviyoFindings.WithoutScopes(keyFinding, "the key has to work first");
        }

        var eventsWrite = CheckEventsWriteAsync(key, cancellationToken);
        var profilesRead = readsProfiles
            ? CheckProfilesReadAsync(key, cancellationToken)
            : Task.FromResult(Finding.NotNeeded("Profiles are looked up with CreateProfiles=false only"));
        return new KlaviyoFindings { Key = keyFinding, AccountsRead = accountsRead, EventsWrite = await eventsWrite, ProfilesRead = await profilesRead };
    }

    private async Task<(Finding Key, Finding AccountsRead)> CheckKeyAsync(KlaviyoAccount account, string key, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(HttpMethod.Get, "api/accounts", key, body: null, cancellationToken);
        if (answer.Response is { StatusCode: HttpStatusCode.TooManyRequests } throttled)
        {
            account.Checks.PauseFor(RetryAfter.Read(throttled, clock) ?? TimeSpan.Zero);
        }

        if (_api.TroubleWith(answer, clock) is { } trouble)
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
            HttpStatusCode.NotFound => (_api.NotThere, Finding.Unknown("the key could not be checked")),
            _ when await IsRefusedAsync(answer.Response, cancellationToken) => (Refused(account, key), Finding.Unknown("the key could not be checked")),
            var status => (Finding.Unknown($"Klaviyo answered {(int?)status} with something else than an account"), Finding.Unknown("the key could not be checked")),
        };
    }

    /// <summary>
    /// By an event without metric and profile, which nothing can be recorded of. That a key without the scope is
    /// answered 403 is documented. That Klaviyo looks at the scope before it looks at the body is not: it is
    /// assumed, because Klaviyo's errors are those of Django REST framework, which checks permissions before a
    /// request's body is read. The same scope covers bulk jobs.
    /// </summary>
    private async Task<Finding> CheckEventsWriteAsync(string key, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(HttpMethod.Post, "api/events", key, """{"data":{"type":"event","attributes":{}}}"""u8.ToArray(), cancellationToken);
        return await ScopeAsync(answer, "events:write", answered => answered == HttpStatusCode.BadRequest
            ? Finding.Ok("Granted: a test event was refused only for being empty")
            : null, cancellationToken);
    }

    private async Task<Finding> CheckProfilesReadAsync(string key, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(HttpMethod.Get, "api/profiles?fields%5Bprofile%5D=created&page%5Bsize%5D=1", key, body: null, cancellationToken);
        return await ScopeAsync(answer, "profiles:read", answered => answered == HttpStatusCode.OK ? Finding.Ok("Granted") : null, cancellationToken);
    }

    private async Task<Finding> ScopeAsync(ProbeAnswer answer, string scope, Func<HttpStatusCode, Finding?> granted, CancellationToken cancellationToken)
    {
        if (_api.TroubleWith(answer, clock) is { } trouble)
        {
            return trouble;
        }

        return answer.Response switch
        {
            { StatusCode: HttpStatusCode.Forbidden } => Finding.Failed($"Key is valid but lacks {scope}", NewKey),
            { } response when await IsRefusedAsync(response, cancellationToken) => Finding.Unknown("Klaviyo refuses the key"),
            { } response when granted(response.StatusCode) is { } ok => ok,
            var response => Finding.Unknown($"Klaviyo answered {(int?)response?.StatusCode}"),
        };
    }

    private async Task<ProbeAnswer> SendAsync(HttpMethod method, string path, string key, byte[]? body, CancellationToken cancellationToken)
    {
        using var request = KlaviyoRequest.Create(method, new Uri(_api.Address, path), key, body is null ? null : new ByteArrayContent(body));
        return await probe.SendAsync(request, cancellationToken);
    }

    // Klaviyo's overview has a 400 for a wrong key as well.
    private static async Task<bool> IsRefusedAsync(HttpResponseMessage? response, CancellationToken cancellationToken) =>
        response is { StatusCode: HttpStatusCode.Unauthorized }
        || (response is { StatusCode: HttpStatusCode.BadRequest } && (await KlaviyoErrors.ReadAsync(response, cancellationToken))[0].IsAboutTheKey);

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
