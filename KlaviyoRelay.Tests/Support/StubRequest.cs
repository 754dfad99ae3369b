namespace KlaviyoRelay.Tests.Support;

/// <summary>A request as it left the relay.</summary>
internal sealed record StubRequest(HttpMethod Method, Uri Address, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public static async Task<StubRequest> OfAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var headers = request.Headers
            .Concat(request.Content?.Headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>())
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        var body = request.Content is { } content ? await content.ReadAsStringAsync(cancellationToken) : "";
        return new StubRequest(request.Method, request.RequestUri ?? throw new InvalidOperationException("A request needs an address."), body, headers);
    }
}
