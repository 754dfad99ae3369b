using System.Globalization;
using System.Net;
using KlaviyoRelay.Worlds.Helpdesks;
using KlaviyoRelay.Worlds.Plans;

namespace KlaviyoRelay.Worlds.Vendors;

/// <summary>Gladly's REST API (developer.gladly.com/rest): customers, their conversations, and the record of events.</summary>
internal sealed class GladlyDesk(World world)
{
    public const string Host = "acme.gladly.test";
    public const string Endpoint = "gladly";
    public const string Merged = "-merged";

    public HttpResponseMessage Answer(HttpRequestMessage request)
    {
        if (Reply.Troubled(world, Names.Gladly, TroubleKind.HelpdeskThrottles, TroubleKind.HelpdeskFails, TroubleKind.HelpdeskShowsPages) is { } trouble)
        {
            return trouble;
        }

        var path = request.RequestUri!.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return path switch
        {
            [_, _, "customer-profiles", var id] => OfCustomer(id, Profile),
            [_, _, "customers", var id, "conversations"] => OfCustomer(id, customer => $"[{string.Join(',', world.Shop.TalksOf(customer).Select(Conversation))}]"),
            [_, _, "conversations", var id] => world.Shop.FindTalk(id) is { } talk ? Reply.Json(HttpStatusCode.OK, Conversation(talk)) : NotFound(),
            [_, _, "events"] => Record(request.RequestUri.Query),
            _ => NotFound(),
        };
    }

    private HttpResponseMessage OfCustomer(string id, Func<Customer, string> body)
    {
        var isNew = id.EndsWith(Merged, StringComparison.Ordinal);
        if (world.Shop.FindCustomer(isNew ? id[..^Merged.Length] : id) is not { } customer || world.Shop.IsDeleted(customer))
        {
            world.Facts.Note(Facts.CustomerNotFound, id.Replace(Merged, "", StringComparison.Ordinal));
            return NotFound();
        }

        return world.Shop.IsMerged(customer) && !isNew
            ? Reply.Json(HttpStatusCode.MovedPermanently, $$$"""{"errors":[{"attr":"id","code":"moved","detail":"moved","meta":{"new":"{{{id}}}{{{Merged}}}"}}]}""")
            : Reply.Json(HttpStatusCode.OK, body(customer));
    }

    private static string Profile(Customer customer)
    {
        var emails = customer.Emails.Select((email, place) => $$"""{"original":"{{email}}","normalized":"{{email.ToLowerInvariant()}}","primary":{{(place == 0 ? "true" : "false")}}}""");
        return $$"""{"id":"{{customer.Id}}","name":"Zq9 Person","emails":[{{string.Join(',', emails)}}]}""";
    }

    private string Conversation(Talk talk) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"id":"{{talk.Id}}","customerId":"{{talk.Customer.Id}}","createdAt":"{{world.Start + talk.Steps[0].At:O}}","status":"{{(world.Shop.SaysOpen(talk) ? "OPEN" : "CLOSED")}}"}""");

    private static HttpResponseMessage NotFound() => Reply.Error(HttpStatusCode.NotFound, "not_found", "Not found.");

    /// <summary>Lines as the webhooks were; the record is up to 15 s behind.</summary>
    private HttpResponseMessage Record(string query)
    {
        var parameters = query.TrimStart('?').Split('&').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]), StringComparer.Ordinal);
        var (from, to) = (Time(parameters["startAt"]), Time(parameters["endAt"]));
        var lines = world.Shop.RecordedBetween(from, to).Select(happening => WebhookBodies.Of(happening).ReplaceLineEndings(""));
        var answer = Reply.Json(HttpStatusCode.OK, string.Join('\n', lines));
        answer.Headers.Date = world.Timeline.Time;
        return answer;

        static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
    }
}
