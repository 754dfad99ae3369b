using System.Net.Http.Headers;

namespace KlaviyoRelay.Core.Klaviyo;

/// <summary>A request as Klaviyo wants it (developers.klaviyo.com), in one fixed revision.</summary>
public static class KlaviyoRequest
{
    private const string JsonApi = "application/vnd.api+json";

    // Parsed once; nobody changes it.
    private static readonly MediaTypeHeaderValue ContentType = new(JsonApi);

    public static HttpRequestMessage Create(HttpMethod method, Uri address, string key, HttpContent? content, string revision = KlaviyoRevision.Name)
    {
        var request = new HttpRequestMessage(method, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Klaviyo-API-Key", key);
        request.Headers.TryAddWithoutValidation("Accept", JsonApi);
        request.Headers.TryAddWithoutValidation("revision", revision);
        // Without it Klaviyo would serve a retired revision by another one, silently. With it the answer is 410.
        request.Headers.TryAddWithoutValidation("X-Klaviyo-Revision-Fall-Forward-Opt-Out", "1");
        if (content is not null)
        {
            content.Headers.ContentType = ContentType;
            request.Content = content;
        }

        return request;
    }
}
