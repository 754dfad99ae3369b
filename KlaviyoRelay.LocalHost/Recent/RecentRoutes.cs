using System.Text.Json.Serialization;
using KlaviyoRelay.LocalHost.Functions;

namespace KlaviyoRelay.LocalHost.Recent;

/// <summary>An event as it was queued, for the person at this machine: it may hold the customer's email.</summary>
internal sealed record RecentMessage(string Id, string Body);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RecentMessage))]
internal sealed partial class RecentJson : JsonSerializerContext;

/// <summary>Gives <c>relay replay</c> an event that the relay remembers: <c>GET /recent/{id}</c>.</summary>
internal static class RecentRoutes
{
    public const string Path = "/recent";

    public static void MapRecent(this IEndpointRouteBuilder endpoints, RecentQueue recent, LocalGuard guard) => endpoints.MapGet($"{Path}/{{id}}", (HttpContext context, string id) =>
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return guard.Refusal(context.Request) is { } refusal
            ? Results.Problem(refusal, statusCode: StatusCodes.Status403Forbidden, title: "Forbidden.")
            : recent.Find(id) switch
            {
                [] => Results.Problem($"No event's id begins with this: the relay remembers the last {RecentQueue.MaxMessages} since its start.", statusCode: StatusCodes.Status404NotFound, title: "Not found."),
                [var one] => Results.Json(new RecentMessage(one.MessageId, one.Body), RecentJson.Default.RecentMessage),
                [var first, var second, ..] => Results.Problem($"The ids of several events begin with this, such as {first.MessageId} and {second.MessageId}. Give more of the id.", statusCode: StatusCodes.Status409Conflict, title: "Several events."),
            };
    });
}
