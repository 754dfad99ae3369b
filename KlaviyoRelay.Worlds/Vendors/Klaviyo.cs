using System.Net;
using System.Text.Json;
using KlaviyoRelay.Worlds.Plans;

namespace KlaviyoRelay.Worlds.Vendors;

/// <summary>
/// Klaviyo, as far as conversations and rows need it (developers.klaviyo.com): keys, fixed windows, one event of a unique_id, and
/// the profile's properties, which also a repeated event sets.
/// </summary>
internal sealed class Klaviyo(World world)
{
    public const string Host = "a.klaviyo.test";
    public const string Events = "events";
    public const string BulkJobs = "bulk jobs";
    public const string Profiles = "profiles";
    public const string Imports = "imports";
    public const string Import = "single import";
    public const string ImportList = "list of imports";
    public const string ImportRead = "an import";
    public const string ImportErrors = "errors of an import";

    private const string ImportPath = "/api/profile-bulk-import-jobs";

    private readonly Dictionary<string, string> _accountOfKey = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Account, string Endpoint), FixedWindows> _windows = [];
    private readonly Imports _imports = new(world);

    public Recorded Recorded { get; } = new(world);

    public void Accept(string account, string key) => _accountOfKey[key] = account;

    public void Revoke(string key) => _accountOfKey.Remove(key);

    public static string EndpointOf(HttpRequestMessage request) => request.RequestUri!.AbsolutePath switch
    {
        "/api/events" => Events,
        "/api/event-bulk-create-jobs" => BulkJobs,
        "/api/profile-import" => Import,
        ImportPath => request.Method == HttpMethod.Post ? Imports : ImportList,
        var path when path.StartsWith(ImportPath, StringComparison.Ordinal) => path.EndsWith("import-errors", StringComparison.Ordinal) ? ImportErrors : ImportRead,
        _ => Profiles,
    };

    /// <param name="request">The request.</param>
    /// <param name="endpoint">Which endpoint it asks.</param>
    /// <param name="key">The key that it has.</param>
    /// <param name="body">Its body.</param>
    /// <param name="account">The account.</param>
    public HttpResponseMessage Answer(HttpRequestMessage request, string endpoint, string key, byte[] body, string account)
    {
        if (Reply.Troubled(world, account, TroubleKind.KlaviyoThrottles, TroubleKind.KlaviyoFails, TroubleKind.KlaviyoShowsPages) is { } trouble)
        {
            return trouble;
        }

        if (!_accountOfKey.ContainsKey(key))
        {
            return world.Dice.Chance(0.5)
                ? Reply.Error(HttpStatusCode.Unauthorized, "not_authenticated", "Missing or invalid private key.")
                : Reply.Error(HttpStatusCode.BadRequest, "authentication_failed", "Incorrect authentication credentials.");
        }

        if (world.Weather.Meets(TroubleKind.KlaviyoForbids, account) is not null)
        {
            world.Facts.Note(Facts.Forbidden, account);
            return Reply.Error(HttpStatusCode.Forbidden, "permission_denied", "You do not have permission to perform this action.");
        }

        if (world.Weather.Meets(TroubleKind.KlaviyoIsNewer, account) is not null)
        {
            world.Facts.Note(Facts.Outdated, account);
            return Reply.Error(HttpStatusCode.Gone, "gone", "The revision is no longer served.");
        }

        if (!_windows.TryGetValue((account, endpoint), out var windows))
        {
            _windows[(account, endpoint)] = windows = FixedWindows.Of(endpoint, world.Plan.Town.KlaviyoRoom);
        }

        if (windows.Take(world.Timeline.Now) is { } reset)
        {
            world.Facts.Note(Facts.Throttled, account);
            world.OwnThrottles++;
            var throttled = Reply.Error(HttpStatusCode.TooManyRequests, "throttled", "Request was throttled.");
            throttled.Headers.TryAddWithoutValidation("Retry-After", FormattableString.Invariant($"{reset}"));
            return throttled;
        }

        var answer = endpoint switch
        {
            Profiles => Search(request, account),
            BulkJobs when Vendors.Imports.IsOfRows(body) => _imports.Record(account, body),
            Events or BulkJobs => Record(body, account, endpoint == BulkJobs),
            _ => _imports.Answer(endpoint, request, body, account),
        };
        answer.Headers.TryAddWithoutValidation("RateLimit-Remaining", FormattableString.Invariant($"{windows.Remaining}"));
        answer.Headers.TryAddWithoutValidation("RateLimit-Reset", FormattableString.Invariant($"{FixedWindows.SecondsToReset(world.Timeline.Now)}"));
        return answer;
    }

    private HttpResponseMessage Search(HttpRequestMessage request, string account)
    {
        var query = Uri.UnescapeDataString(request.RequestUri!.Query);
        var from = query.IndexOf('[', StringComparison.Ordinal);
        var to = query.IndexOf("])", StringComparison.Ordinal);
        var emails = JsonSerializer.Deserialize<string[]>(query[from..(to + 1)]) ?? [];
        var found = emails.Where(email => Recorded.IsKnown(account, email)).Select(email => $$"""{"type":"profile","id":"01","attributes":{"email":"{{email}}"} }""");
        return Reply.Json(HttpStatusCode.OK, $$"""{"data":[{{string.Join(',', found)}}],"links":{"self":"","next":null} }""");
    }

    private HttpResponseMessage Record(byte[] body, string account, bool isBulk)
    {
        var entries = EventEntry.Read(body, isBulk);
        for (var number = 0; number < entries.Count; number++)
        {
            if (entries[number].Email.StartsWith("refused", StringComparison.OrdinalIgnoreCase))
            {
                world.Facts.Note(Facts.Invalid, entries[number].Email);
                var pointer = isBulk ? FormattableString.Invariant($"/data/attributes/events-bulk-create/data/{number}/attributes/profile/data/attributes/email") : "/data/attributes/profile/data/attributes/email";
                return Reply.Error(HttpStatusCode.BadRequest, "invalid", $"The email {entries[number].Email} is not a valid email address.", world.Dice.Chance(0.8) ? pointer : "");
            }
        }

        foreach (var entry in entries)
        {
            Recorded.Take(account, entry);
        }

        return Reply.Of(HttpStatusCode.Accepted);
    }
}
