using System.Net;
using Polly.Timeout;

namespace KlaviyoRelay.Core.Http;

/// <summary>Whether the same request may succeed later without anybody's doing.</summary>
internal static class Transience
{
    public static bool Of(HttpResponseMessage response) =>
        response.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError
        || IsEdgePage(response);

    public static bool Of(Exception? exception) => exception is HttpRequestException or TimeoutRejectedException || BrokenCompression.Is(exception);

    // Klaviyo's edge challenges odd clients with an HTML page; a missing scope is answered with JSON.
    private static bool IsEdgePage(HttpResponseMessage response) =>
        response.StatusCode == HttpStatusCode.Forbidden && response.Content.Headers.ContentType?.MediaType == "text/html";
}
