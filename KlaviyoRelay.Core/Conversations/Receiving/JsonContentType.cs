using System.Net.Http.Headers;

namespace KlaviyoRelay.Core.Conversations.Receiving;

/// <summary><c>application/json</c> and <c>application/*+json</c>, in UTF-8.</summary>
public static class JsonContentType
{
    public static bool Matches(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var parsed)
        && parsed.MediaType is { } mediaType
        && (mediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || (mediaType.StartsWith("application/", StringComparison.OrdinalIgnoreCase) && mediaType.EndsWith("+json", StringComparison.OrdinalIgnoreCase)))
        && IsUtf8(parsed.CharSet);

    private static bool IsUtf8(string? charset) =>
        string.IsNullOrEmpty(charset) || charset.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase);
}
