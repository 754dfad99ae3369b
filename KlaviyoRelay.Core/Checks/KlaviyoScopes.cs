using System.Net;
using KlaviyoRelay.Core.Helpdesks.Checking;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Settings;
using Microsoft.Extensions.Options;

namespace KlaviyoRelay.Core.Checks;

/// <summary>
/// Whether a key has scopes. Those to write are tried by requests that say too little to write anything. That a key without
/// the scope is answered 403 is documented. That Klaviyo looks at the scope before it looks at the body is not: it is
/// assumed, because Klaviyo's errors are those of Django REST framework, which checks permissions before a request's body
/// is read.
/// </summary>
public sealed class KlaviyoScopes(Probe probe, IOptions<KlaviyoOptions> options, TimeProvider clock)
{
    private const string NewKey = "create a new private key with Events: Full and Profiles: Full; scopes of a key can't be changed";

    private const string NewKeyForCards =
        "create a new private key with Events: Full, Profiles: Full, Lists: Read, Segments: Read, Campaigns: Read and Accounts: Read; scopes of a key can't be changed";

    private const string NewKeyWithLists = "create a new private key with Events: Full, Profiles: Full and Lists: Full; scopes of a key can't be changed";

    /// <summary>The API that is asked.</summary>
    public CheckedApi Api { get; } = new("Klaviyo", BaseAddress.Of(options.Value.BaseAddress), "Klaviyo__BaseAddress", "https://a.klaviyo.com");

    /// <summary>By an event without metric and profile, which nothing can be recorded of. The same scope covers bulk jobs.</summary>
    public Task<Finding> EventsWriteAsync(string key, CancellationToken cancellationToken) =>
        WriteAsync("api/events", """{"data":{"type":"event","attributes":{}}}"""u8.ToArray(), key, "events:write", "a test event was refused only for being empty", NewKey, cancellationToken);

    public Task<Finding> ProfilesReadAsync(string key, CancellationToken cancellationToken) =>
        ReadAsync("api/profiles?fields%5Bprofile%5D=created&page%5Bsize%5D=1", key, "profiles:read", NewKey, cancellationToken);

    /// <summary>By a profile without an identifier, which is none.</summary>
    public Task<Finding> ProfilesWriteAsync(string key, CancellationToken cancellationToken) => WriteAsync(
        "api/profile-import", """{"data":{"type":"profile","attributes":{}}}"""u8.ToArray(), key, "profiles:write", "a test profile was refused only for being empty", NewKey, cancellationToken);

    /// <summary>By an import job without profiles. Jobs need the scope even when they name no list.</summary>
    public Task<Finding> ListsWriteAsync(string key, CancellationToken cancellationToken) => WriteAsync(
        "api/profile-bulk-import-jobs",
        """{"data":{"type":"profile-bulk-import-job","attributes":{}}}"""u8.ToArray(),
        key,
        "lists:write, or profiles:write",
        "a test job was refused only for being empty",
        NewKeyWithLists,
        cancellationToken);

    public Task<Finding> ListsReadAsync(string key, CancellationToken cancellationToken) => ReadAsync("api/lists?fields%5Blist%5D=created", key, "lists:read", NewKeyWithLists, cancellationToken);

    public Task<Finding> SegmentsReadAsync(string key, CancellationToken cancellationToken) => ReadAsync("api/segments?fields%5Bsegment%5D=name", key, "segments:read", NewKeyForCards, cancellationToken);

    /// <summary>By a profile that there is none of: its events are no page to carry.</summary>
    public Task<Finding> EventsReadAsync(string key, CancellationToken cancellationToken) =>
        ReadAsync($"api/events?filter={Uri.EscapeDataString("equals(profile_id,\"00000000000000000000000000\")")}&page%5Bsize%5D=1", key, "events:read", NewKeyForCards, cancellationToken);

    public Task<Finding> CampaignsReadAsync(string key, CancellationToken cancellationToken) =>
        ReadAsync($"api/campaigns?fields%5Bcampaign%5D=name&filter={Uri.EscapeDataString("equals(messages.channel,'email')")}", key, "campaigns:read", NewKeyForCards, cancellationToken);

    /// <summary>Rows are sent without it as well: it only names the flows that a first load starts.</summary>
    public async Task<Finding> FlowsReadAsync(string key, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(HttpMethod.Get, "api/flows?fields%5Bflow%5D=name&page%5Bsize%5D=1", key, body: null, cancellationToken);
        return await ScopeAsync(answer, Finding.NotNeeded("Key is valid but lacks flows:read, which the relay works without: only `relay sync run` can't name the flows that a first load starts"), IsRead, cancellationToken);
    }

    // Klaviyo's overview has a 400 for a wrong key as well.
    public static async Task<bool> IsRefusedAsync(HttpResponseMessage? response, CancellationToken cancellationToken) =>
        response is { StatusCode: HttpStatusCode.Unauthorized }
        || (response is { StatusCode: HttpStatusCode.BadRequest } && (await KlaviyoErrors.ReadAsync(response, cancellationToken))[0].IsAboutTheKey);

    public async Task<ProbeAnswer> SendAsync(HttpMethod method, string path, string key, byte[]? body, CancellationToken cancellationToken)
    {
        using var request = KlaviyoRequest.Create(method, new Uri(Api.Address, path), key, body is null ? null : new ByteArrayContent(body));
        return await probe.SendAsync(request, cancellationToken);
    }

    /// <summary>Tries a scope by a request that says too little to write anything.</summary>
    public async Task<Finding> WriteAsync(string path, byte[] body, string key, string scope, string proof, string newKey, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(HttpMethod.Post, path, key, body, cancellationToken);
        return await ScopeAsync(answer, Lacks(scope, newKey), answered => answered == HttpStatusCode.BadRequest ? Finding.Ok($"Granted: {proof}") : null, cancellationToken);
    }

    /// <summary>Tries a scope by reading something.</summary>
    public async Task<Finding> ReadAsync(string path, string key, string scope, string newKey, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(HttpMethod.Get, path, key, body: null, cancellationToken);
        return await ScopeAsync(answer, Lacks(scope, newKey), IsRead, cancellationToken);
    }

    private static Finding? IsRead(HttpStatusCode answered) => answered == HttpStatusCode.OK ? Finding.Ok("Granted") : null;

    private static Finding Lacks(string scope, string newKey) => Finding.Failed($"Key is valid but lacks {scope}", newKey);

    private async Task<Finding> ScopeAsync(ProbeAnswer answer, Finding lacks, Func<HttpStatusCode, Finding?> granted, CancellationToken cancellationToken)
    {
        if (Api.TroubleWith(answer, clock) is { } trouble)
        {
            return trouble;
        }

        return answer.Response switch
        {
            { StatusCode: HttpStatusCode.Forbidden } => lacks,
            { } response when await IsRefusedAsync(response, cancellationToken) => Finding.Unknown("Klaviyo refuses the key"),
            { } response when granted(response.StatusCode) is { } ok => ok,
            var response => Finding.Unknown($"Klaviyo answered {(int?)response?.StatusCode}"),
        };
    }
}
