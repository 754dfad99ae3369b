using System.Net;
using System.Text.Json;
using KlaviyoRelay.Worlds.Plans;

namespace KlaviyoRelay.Worlds.Vendors;

/// <summary>
/// Klaviyo's side of rows (developers.klaviyo.com, Bulk Import Profiles, Create or Update Profile, Bulk Create Events): it takes
/// a job as a whole or refuses it as a whole, works on an import for a while, and then tells which rows failed.
/// </summary>
internal sealed class Imports(World world)
{
    private readonly List<Job> _jobs = [];

    /// <summary>Whether a job of events is of rows.</summary>
    public static bool IsOfRows(ReadOnlySpan<byte> body) => body.IndexOf("\"Placed Order\""u8) >= 0;

    public HttpResponseMessage Answer(string endpoint, HttpRequestMessage request, byte[] body, string account)
    {
        var path = request.RequestUri!.Segments;
        switch (endpoint)
        {
            case Klaviyo.Imports:
                return Import(account, body);
            case Klaviyo.Import:
                return Single(account, body);
            case Klaviyo.ImportList:
                return Reply.Json(HttpStatusCode.OK, $$"""{"data":[{{string.Join(',', _jobs.Where(job => job.Account == account && job.IsOpen(world.Now)).Select(Document))}}],"links":{"next":null} }""");
            case Klaviyo.ImportErrors:
                return Reply.Json(HttpStatusCode.OK, $$"""{"data":[{{string.Join(',', Find(account, path[^2].TrimEnd('/')) is { } failed ? failed.Failed.Select(Error) : [])}}],"links":{"next":null} }""");
            default:
                return Find(account, path[^1]) is { } job
                    ? Reply.Json(HttpStatusCode.OK, $$"""{"data":{{Document(job)}} }""")
                    : Reply.Error(HttpStatusCode.NotFound, "not_found", "A bulk profile import job with that id does not exist.");
        }
    }

    public HttpResponseMessage Record(string account, byte[] body)
    {
        using var document = JsonDocument.Parse(body);
        var rows = new List<(int Number, string Email, string Id, long Second)>();
        foreach (var item in document.RootElement.GetProperty("data").GetProperty("attributes").GetProperty("events-bulk-create").GetProperty("data").EnumerateArray())
        {
            var own = item.GetProperty("attributes");
            var sent = own.GetProperty("events").GetProperty("data")[0].GetProperty("attributes");
            rows.Add((sent.GetProperty("value").GetInt32(), EmailOf(own.GetProperty("profile").GetProperty("data")), sent.GetProperty("unique_id").GetString() ?? "", sent.GetProperty("time").GetDateTimeOffset().ToUnixTimeSeconds()));
        }

        if (Refusal([.. rows.Select(row => row.Number)], "events-bulk-create", "attributes/profile/data/attributes/email") is { } refusal)
        {
            return refusal;
        }

        rows.ForEach(row => world.RowBook.Happened(account, row.Number, row.Email, row.Id, row.Second));
        world.Story.Tell($"Klaviyo has {rows.Count} order(s)");
        return Reply.Of(HttpStatusCode.Accepted);
    }

    private HttpResponseMessage Import(string account, byte[] body)
    {
        using var document = JsonDocument.Parse(body);
        var data = document.RootElement.GetProperty("data");
        var rows = data.GetProperty("attributes").GetProperty("profiles").GetProperty("data").EnumerateArray().Select(Read).ToList();
        if (Refusal([.. rows.Select(row => row.Number)], "profiles", "attributes/email") is { } refusal)
        {
            return refusal;
        }

        var isOfList = data.TryGetProperty("relationships", out _);
        var failed = rows.Where(row => world.RowBook.FateOf(row.Number) == RowFate.Failed).ToList();
        foreach (var (number, email) in rows.Except(failed))
        {
            world.RowBook.Wrote(account, number, email, isOfList);
        }

        var fortune = world.Dice.Below(20);
        var job = new Job(
            FormattableString.Invariant($"job-{_jobs.Count + 1}"),
            account,
            rows.Count,
            [.. failed.Select(row => row.Email)],
            fortune == 0 ? null : world.Now + world.Dice.About(TimeSpan.FromMinutes(1)),
            IsCancelled: fortune == 1);
        _jobs.Add(job);
        if (job.EndsAt is not { } end || job.IsCancelled || MayLookStuck(end))
        {
            rows.ForEach(row => world.RowBook.WillNotBeTold(row.Number));
        }

        world.Story.Tell($"Klaviyo has {job.Id} of {rows.Count} profile(s)");
        return Reply.Json(HttpStatusCode.Accepted, $$"""{"data":{{Document(job)}} }""");
    }

    /// <summary>An instance whose time of day is wrong by up to an hour may take an open job for one that is stuck.</summary>
    private bool MayLookStuck(TimeSpan until) =>
        world.Plan.Troubles.Any(trouble => trouble.IsWrongClock && trouble.From < until + TimeSpan.FromMinutes(2) && trouble.Until > world.Now - TimeSpan.FromMinutes(1));

    private HttpResponseMessage Single(string account, byte[] body)
    {
        using var document = JsonDocument.Parse(body);
        var (number, email) = Read(document.RootElement.GetProperty("data"));
        if (world.RowBook.FateOf(number) is RowFate.Refused or RowFate.Failed)
        {
            return Reply.Error(HttpStatusCode.BadRequest, "invalid", $"The email {email} is not a valid email address.", "/data/attributes/email");
        }

        world.RowBook.Wrote(account, number, email, isMember: false);
        world.Story.Tell("Klaviyo has a profile");
        return Reply.Json(world.Dice.Pick(HttpStatusCode.OK, HttpStatusCode.Created), FormattableString.Invariant($$"""{"data":{"type":"profile","id":"profile-{{number}}","attributes":{} } }"""));
    }

    /// <summary>Names the first row that is refused, or none; null when there is none.</summary>
    private HttpResponseMessage? Refusal(IReadOnlyList<int> rows, string member, string path)
    {
        for (var place = 0; place < rows.Count; place++)
        {
            if (world.RowBook.FateOf(rows[place]) == RowFate.Refused)
            {
                return Reply.Error(HttpStatusCode.BadRequest, "invalid", "An email is not valid.", world.Dice.Chance(0.8) ? FormattableString.Invariant($"/data/attributes/{member}/data/{place}/{path}") : "");
            }
        }

        return null;
    }

    private static (int Number, string Email) Read(JsonElement profile) => (profile.GetProperty("attributes").GetProperty("properties").GetProperty("points").GetInt32(), EmailOf(profile));

    private static string EmailOf(JsonElement profile) => profile.GetProperty("attributes").GetProperty("email").GetString() ?? "";

    private Job? Find(string account, string id) => _jobs.Find(job => job.Id == id && job.Account == account);

    private string Document(Job job)
    {
        var status = job.IsOpen(world.Now) ? "processing" : job.IsCancelled ? "cancelled" : "complete";
        return FormattableString.Invariant($$"""{"type":"profile-bulk-import-job","id":"{{job.Id}}","attributes":{"status":"{{status}}","total_count":{{job.Rows}},"failed_count":{{(status == "complete" ? job.Failed.Count : 0)}} } }""");
    }

    private static string Error(string email) =>
        $$"""{"type":"import-error","id":"1","attributes":{"code":"invalid","title":"Invalid input.","detail":"Not a mailbox.","source":{"pointer":"/data/attributes/email"},"original_payload":{"email":"{{email}}"} } }""";

    private sealed record Job(string Id, string Account, int Rows, IReadOnlyList<string> Failed, TimeSpan? EndsAt, bool IsCancelled)
    {
        public bool IsOpen(TimeSpan now) => EndsAt is not { } end || end > now;
    }
}
