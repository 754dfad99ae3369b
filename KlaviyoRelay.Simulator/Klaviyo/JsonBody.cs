using KlaviyoRelay.Simulator.Http;
using Microsoft.Net.Http.Headers;

namespace KlaviyoRelay.Simulator.Klaviyo;

/// <summary>What every body needs before it is read: the content type, no compression, and at most 5 MB.</summary>
internal static class JsonBody
{
    public static KlaviyoError? Problem(SimulatedRequest request) =>
        !IsJson(request) ? KlaviyoErrors.MediaType
        : request.Body.TooLarge ? KlaviyoErrors.TooLarge
        : null;

    private static bool IsJson(SimulatedRequest request) =>
        MediaTypeHeaderValue.TryParse(request.Header("Content-Type"), out var type)
        && (type.MediaType.Equals(KlaviyoError.ContentType, StringComparison.OrdinalIgnoreCase)
            || type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
        && (request.Header("Content-Encoding") is not { } encoding || encoding.Equals("identity", StringComparison.OrdinalIgnoreCase));
}
