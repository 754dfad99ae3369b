namespace KlaviyoRelay.LocalHost.Azurite;

/// <summary>Where the queue storage is and how to sign for it: the setting <c>AzureWebJobsStorage</c>.</summary>
internal sealed record QueueStorageAccount(string Name, byte[] Key, Uri QueueEndpoint)
{
    public const string Setting = "AzureWebJobsStorage";

    // The account that every Azurite has (learn.microsoft.com/azure/storage/common/storage-use-azurite).
    private const string Development =
        "AccountName=devstoreaccount1;"
        + "AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;"
        + "QueueEndpoint=http://127.0.0.1:10001/devstoreaccount1";

    /// <summary>Reads <c>UseDevelopmentStorage=true</c> or a full connection string; null when it is neither.</summary>
    public static QueueStorageAccount? Parse(string? connectionString)
    {
        var parts = Split(connectionString);
        if (string.Equals(parts.GetValueOrDefault("UseDevelopmentStorage"), "true", StringComparison.OrdinalIgnoreCase))
        {
            parts = Split(Development);
        }

        var key = new byte[512];
        return parts.TryGetValue("AccountName", out var name)
            && Convert.TryFromBase64String(parts.GetValueOrDefault("AccountKey", ""), key, out var keyLength) && keyLength > 0
            && Uri.TryCreate(Endpoint(parts, name), UriKind.Absolute, out var endpoint)
                ? new QueueStorageAccount(name, key[..keyLength], new Uri(endpoint.AbsoluteUri.TrimEnd('/') + "/"))
                : null;
    }

    private static string Endpoint(Dictionary<string, string> parts, string name) =>
        parts.TryGetValue("QueueEndpoint", out var endpoint)
            ? endpoint
            : $"{parts.GetValueOrDefault("DefaultEndpointsProtocol", "https")}://{name}.queue.{parts.GetValueOrDefault("EndpointSuffix", "core.windows.net")}";

    private static Dictionary<string, string> Split(string? connectionString) => (connectionString ?? "")
        .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(part => part.Split('=', 2))
        .Where(pair => pair.Length == 2)
        .DistinctBy(pair => pair[0], StringComparer.OrdinalIgnoreCase)
        .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
}
