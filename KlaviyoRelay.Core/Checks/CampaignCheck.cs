using System.Net;
using System.Text.Json;
using KlaviyoRelay.Core.Helpdesks.Checking;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo;

namespace KlaviyoRelay.Core.Checks;

/// <summary>Whether an account can make campaigns. It needs the scopes, a list or segment, and a sender. The check writes nothing in Klaviyo.</summary>
public sealed class CampaignCheck(KlaviyoScopes scopes, TimeProvider clock)
{
    private const string NewKey =
        "create a new private key with Accounts: Read, Campaigns: Full, Lists: Read, Segments: Read, Templates: Full and Metrics: Read; scopes of a key can't be changed";

    // Klaviyo tells accounts one a second, and the check of the key may have asked just now.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    /// <summary>A line for each that campaigns need.</summary>
    /// <param name="account">The account, for the limit of checks.</param>
    /// <param name="key">The newest value of the key for campaigns.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    public async Task<IReadOnlyList<CheckLine>> CheckAsync(KlaviyoAccount account, string key, CancellationToken cancellationToken)
    {
        var read = TryAsync("campaigns:read", HttpMethod.Get, "api/campaigns?fields%5Bcampaign%5D=name&page%5Bsize%5D=1&filter=equals%28messages.channel%2C%27email%27%29", null);
        var write = TryAsync("campaigns:write", HttpMethod.Post, "api/campaigns", """{"data":{"type":"campaign","attributes":{}}}""");
        var lists = TryAsync("lists:read", HttpMethod.Get, "api/lists?fields%5Blist%5D=name", null);
        var segments = TryAsync("segments:read", HttpMethod.Get, "api/segments?fields%5Bsegment%5D=name", null);
        var templates = TryAsync("templates:read", HttpMethod.Get, "api/templates?fields%5Btemplate%5D=name&page%5Bsize%5D=1", null);
        var newTemplates = TryAsync("templates:write", HttpMethod.Post, "api/templates", """{"data":{"type":"template","attributes":{}}}""");
        var metrics = TryAsync("metrics:read", HttpMethod.Get, "api/metrics?fields%5Bmetric%5D=name", null);
        var sender = await SenderAsync(account, key, cancellationToken);
        (string Scope, Finding Finding, int Count)[] all = [await read, await write, await lists, await segments, await templates, await newTemplates, await metrics];
        return [.. all.Select(one => one.Finding.Of($"Klaviyo {account.Name}, campaigns: {one.Scope}")), AudienceOf(all[2], all[3]).Of($"Klaviyo {account.Name}, campaigns: audience"), sender.Of($"Klaviyo {account.Name}, campaigns: sender")];

        async Task<(string Scope, Finding Finding, int Count)> TryAsync(string scope, HttpMethod method, string path, string? body)
        {
            using var answer = await scopes.SendAsync(method, path, key, body is null ? null : System.Text.Encoding.UTF8.GetBytes(body), cancellationToken);
            return (scope, await FindingOfAsync(answer, scope, body is null ? HttpStatusCode.OK : HttpStatusCode.BadRequest, cancellationToken), CountOf(answer.Body));
        }
    }

    private async Task<Finding> FindingOfAsync(ProbeAnswer answer, string scope, HttpStatusCode granted, CancellationToken cancellationToken) => scopes.Api.TroubleWith(answer, clock) is { } trouble ? trouble
        : answer.Response switch
        {
            { StatusCode: HttpStatusCode.Forbidden } => Finding.Failed($"Key is valid but lacks {scope}, which campaigns need", NewKey),
            { } response when await KlaviyoScopes.IsRefusedAsync(response, cancellationToken) => Finding.Unknown("Klaviyo refuses the key"),
            { } response when response.StatusCode == granted => Finding.Ok(granted == HttpStatusCode.OK ? "Granted" : "Granted: a test was refused only for being empty"),
            var response => Finding.Unknown($"Klaviyo answered {(int?)response?.StatusCode}"),
        };

    private static Finding AudienceOf((string Scope, Finding Finding, int Count) lists, (string Scope, Finding Finding, int Count) segments) =>
        lists.Count + segments.Count > 0 ? Finding.Ok("There are lists or segments to send to")
        : lists.Finding.Outcome == CheckOutcome.Ok && segments.Finding.Outcome == CheckOutcome.Ok ? Finding.Failed("The account has no list and no segment to send to", "make a list in Klaviyo, Audience, Lists & segments")
        : Finding.Unknown("lists and segments could not be read");

    private async Task<Finding> SenderAsync(KlaviyoAccount account, string key, CancellationToken cancellationToken)
    {
        if (!await account.Checks.WaitAsync(LongestWait, cancellationToken))
        {
            return Finding.Unknown("Klaviyo allows few checks a minute, and these are used up", "try again in 60 s");
        }

        try
        {
            using var answer = await scopes.SendAsync(HttpMethod.Get, "api/accounts", key, body: null, cancellationToken);
            var finding = await FindingOfAsync(answer, "accounts:read", HttpStatusCode.OK, cancellationToken);
            return finding.Outcome != CheckOutcome.Ok ? finding
                : HasSender(answer.Body) ? Finding.Ok("The account has a default sender")
                : Finding.Failed("The account has no default sender", "set one in Klaviyo, Settings, Email, or name the sender in each request");
        }
        finally
        {
            account.Checks.Finish();
        }
    }

    private static int CountOf(ReadOnlyMemory<byte> body) => Read(body, data => data.GetArrayLength());

    private static bool HasSender(ReadOnlyMemory<byte> body) =>
        Read(body, data => data[0].GetProperty("attributes").GetProperty("contact_information").GetProperty("default_sender_email").GetString() is { Length: > 0 });

    private static T? Read<T>(ReadOnlyMemory<byte> body, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return read(document.RootElement.GetProperty("data"));
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException)
        {
            return default;
        }
    }
}
