using System.Net.Http.Headers;

namespace KlaviyoRelay.Core.Klaviyo;

/// <summary>A request as Klaviyo wants it (developers.klaviyo.com), in one fixed revision.</summary>
internal static class KlaviyoRequest
{
    private const string Revision = "2026-07-15";
    private const string JsonApi = "application/vnd.api+json";

    // Parsed once; nobody changes it.
    private static readonly MediaTypeHeaderValue ContentType = new(JsonApi);

    public static HttpRequestMessage Create(HttpMethod method, Uri address, string key, ReadOnlyMemory<byte>? body)
    {
        var request = new HttpRequestMessage(method, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Klaviyo-API-Key", key);
        request.Headers.TryAddWithoutValidation("Accept", JsonApi);
        request.Headers.TryAddWithoutValidation("revision", Revision);
        if (body is { } bytes)
        {
            request.Content = new ReadOnlyMemoryContent(bytes) { Headers = { ContentType = ContentType } };
        }

        return request;
    }
}
