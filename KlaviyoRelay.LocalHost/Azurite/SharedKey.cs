using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace KlaviyoRelay.LocalHost.Azurite;

/// <summary>Signs a request to queue storage (learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key).</summary>
internal static class SharedKey
{
    private const string Version = "2025-11-05";

    public static void Sign(HttpRequestMessage request, QueueStorageAccount account, DateTimeOffset now)
    {
        if (request.RequestUri is not { } address)
        {
            throw new ArgumentException("The request has no address.", nameof(request));
        }

        var date = now.ToString("R", CultureInfo.InvariantCulture);
        request.Headers.Add("x-ms-date", date);
        request.Headers.Add("x-ms-version", Version);

        var length = request.Content?.Headers.ContentLength is > 0 and var bytes ? bytes.ToString(CultureInfo.InvariantCulture) : "";
        var text = string.Join(
            '\n',
            [
                request.Method.Method,
                "", "", // Content-Encoding, Content-Language
                length,
                "", // Content-MD5
                request.Content?.Headers.ContentType?.ToString() ?? "",
                "", "", "", "", "", "", // Date (x-ms-date instead), four conditions, Range
                $"x-ms-date:{date}",
                $"x-ms-version:{Version}",
                $"/{account.Name}{address.AbsolutePath}{CanonicalQuery(address)}",
            ]);
        var signature = HMACSHA256.HashData(account.Key, Encoding.UTF8.GetBytes(text));
        request.Headers.Authorization = new AuthenticationHeaderValue("SharedKey", $"{account.Name}:{Convert.ToBase64String(signature)}");
    }

    private static string CanonicalQuery(Uri address) => string.Concat(address.Query.TrimStart('?')
        .Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(parameter => parameter.Split('=', 2))
        .Select(pair => (Name: pair[0].ToLowerInvariant(), Value: Uri.UnescapeDataString(pair.ElementAtOrDefault(1) ?? "")))
        .OrderBy(pair => pair.Name, StringComparer.Ordinal)
        .Select(pair => $"\n{pair.Name}:{pair.Value}"));
}
