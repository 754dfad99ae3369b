using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace KlaviyoRelay.LocalHost.Azurite;

/// <summary>Signs a request to queue or blob storage (learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key).</summary>
internal static class SharedKey
{
    private const string Version = "2025-11-05";

    public static void Sign(HttpRequestMessage request, StorageAccount account, DateTimeOffset now)
    {
        if (request.RequestUri is not { } address)
        {
            throw new ArgumentException("The request has no address.", nameof(request));
        }

        request.Headers.Add("x-ms-date", now.ToString("R", CultureInfo.InvariantCulture));
        request.Headers.Add("x-ms-version", Version);
        request.Headers.Authorization = Authorization(
            account,
            request.Method.Method,
            address,
            request.Content?.Headers.ContentLength ?? 0,
            request.Content?.Headers.ContentType?.ToString(),
            request.Headers.Select(header => (header.Key, string.Join(',', header.Value))));
    }

    /// <summary>The Authorization header of a request with <c>x-ms-date</c> and without conditions.</summary>
    public static AuthenticationHeaderValue Authorization(
        StorageAccount account, string method, Uri address, long length, string? contentType, IEnumerable<(string Name, string Value)> headers)
    {
        var text = string.Join(
            '\n',
            [
                method,
                "", "", // Content-Encoding, Content-Language
                length > 0 ? length.ToString(CultureInfo.InvariantCulture) : "",
                "", // Content-MD5
                contentType ?? "",
                "", "", "", "", "", "", // Date (x-ms-date instead), four conditions, Range
                .. CanonicalHeaders(headers),
                $"/{account.Name}{address.AbsolutePath}{CanonicalQuery(address)}",
            ]);
        var signature = HMACSHA256.HashData(account.Key, Encoding.UTF8.GetBytes(text));
        return new AuthenticationHeaderValue("SharedKey", $"{account.Name}:{Convert.ToBase64String(signature)}");
    }

    private static IEnumerable<string> CanonicalHeaders(IEnumerable<(string Name, string Value)> headers) => headers
        .Select(header => (Name: header.Name.ToLowerInvariant(), header.Value))
        .Where(header => header.Name.StartsWith("x-ms-", StringComparison.Ordinal))
        .OrderBy(header => header.Name, StringComparer.Ordinal)
        .Select(header => $"{header.Name}:{header.Value}");

    private static string CanonicalQuery(Uri address) => string.Concat(address.Query.TrimStart('?')
        .Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(parameter => parameter.Split('=', 2))
        .Select(pair => (Name: pair[0].ToLowerInvariant(), Value: Uri.UnescapeDataString(pair.ElementAtOrDefault(1) ?? "")))
        .OrderBy(pair => pair.Name, StringComparer.Ordinal)
        .Select(pair => $"\n{pair.Name}:{pair.Value}"));
}
