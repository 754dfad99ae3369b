using Microsoft.AspNetCore.Http;

namespace KlaviyoRelay.Tests.Support;

/// <summary>A request as it arrived.</summary>
internal sealed record ReceivedRequest(string Method, string Host, string Target, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public static async Task<ReceivedRequest> ReadAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        var headers = request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        return new ReceivedRequest(request.Method, request.Host.Value ?? "", request.Path + request.QueryString.Value, headers, body.ToArray());
    }
}
