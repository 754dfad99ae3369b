using System.Net;
using KlaviyoRelay.Worlds.Plans;

namespace KlaviyoRelay.Worlds.Vendors;

/// <summary>Kustomer's REST API (developer.kustomer.com): a customer with the counts of conversations.</summary>
internal sealed class KustomerDesk(World world)
{
    public const string Host = "acme.api.kustomerapp.test";
    public const string Endpoint = "kustomer";

    public HttpResponseMessage Answer(HttpRequestMessage request, string connection)
    {
        if (Reply.Troubled(world, connection, TroubleKind.HelpdeskThrottles, TroubleKind.HelpdeskFails, TroubleKind.HelpdeskShowsPages) is { } trouble)
        {
            return trouble;
        }

        var id = request.RequestUri!.Segments[^1];
        if (world.Shop.FindCustomer(id) is not { } customer || world.Shop.IsDeleted(customer))
        {
            world.Facts.Note(Facts.CustomerNotFound, id);
            return Reply.Error(HttpStatusCode.NotFound, "notfound", "Not found.");
        }

        var open = world.Shop.TalksOf(customer).Count(world.Shop.SaysOpen);
        var snoozed = open > 0 && customer.Number % 3 == 0 ? 1 : 0;
        var emails = customer.Emails.Select(email => $$"""{"type":"home","email":"{{email}}","verified":false}""");
        return Reply.Json(HttpStatusCode.OK, $$$"""
            {"data":{"type":"customer","id":"{{{id}}}","attributes":{"name":"Zq9 Person","emails":[{{{string.Join(',', emails)}}}],"sharedEmails":[],"conversationCounts":{"all":{{{open + 1}}},"open":{{{open - snoozed}}},"snoozed":{{{snoozed}}},"done":1} } } }
            """);
    }
}
