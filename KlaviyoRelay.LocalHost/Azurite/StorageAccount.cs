using Microsoft.Extensions.Options;

namespace KlaviyoRelay.LocalHost.Azurite;

/// <summary>Where the storage is and how to sign for it: the setting <c>AzureWebJobsStorage</c>.</summary>
/// <param name="Name">The account's name.</param>
/// <param name="Key">Its key.</param>
/// <param name="QueueEndpoint">Where its queues are.</param>
/// <param name="BlobEndpoint">Where its blobs are; null when the setting names only where the queues are.</param>
/// <param name="TableEndpoint">Where its tables are; null likewise.</param>
internal sealed record StorageAccount(string Name, byte[] Key, Uri QueueEndpoint, Uri? BlobEndpoint, Uri? TableEndpoint)
{
    public const string Setting = "AzureWebJobsStorage";

    // The account that every Azurite has (learn.microsoft.com/azure/storage/common/storage-use-azurite).
    private const string Development =
        "AccountName=devstoreaccount1;"
        + "AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;"
        + "BlobEndpoint=http://127.0.0.1:10000/devstoreaccount1;"
        + "QueueEndpoint=http://127.0.0.1:10001/devstoreaccount1;"
        + "TableEndpoint=http://127.0.0.1:10002/devstoreaccount1";

    /// <exception cref="OptionsValidationException">The setting is missing or wrong.</exception>
    public static StorageAccount Of(IConfiguration configuration) => Parse(configuration[Setting])
        ?? throw new OptionsValidationException(
            Setting,
            typeof(StorageAccount),
            [$"{Setting} is missing or wrong: it should be UseDevelopmentStorage=true or a full connection string of a storage account."]);

    /// <summary>Reads <c>UseDevelopmentStorage=true</c> or a full connection string; null when it is neither.</summary>
    public static StorageAccount? Parse(string? connectionString)
    {
        var parts = Split(connectionString);
        if (string.Equals(parts.GetValueOrDefault("UseDevelopmentStorage"), "true", StringComparison.OrdinalIgnoreCase))
        {
            parts = Split(Development);
        }

        var key = new byte[512];
        return parts.TryGetValue("AccountName", out var name)
            && Convert.TryFromBase64String(parts.GetValueOrDefault("AccountKey", ""), key, out var keyLength) && keyLength > 0
            && Endpoint(parts, name, "queue") is { } queues
                ? new StorageAccount(name, key[..keyLength], queues, Beside(parts, name, "blob"), Beside(parts, name, "table"))
                : null;
    }

    // Whoever names the queues' address is not where the account's name would lead.
    private static Uri? Beside(Dictionary<string, string> parts, string name, string service) =>
        parts.ContainsKey("QueueEndpoint") && !parts.ContainsKey($"{service}Endpoint") ? null : Endpoint(parts, name, service);

    private static Uri? Endpoint(Dictionary<string, string> parts, string name, string service)
    {
        var text = parts.GetValueOrDefault($"{service}Endpoint")
            ?? $"{parts.GetValueOrDefault("DefaultEndpointsProtocol", "https")}://{name}.{service}.{parts.GetValueOrDefault("EndpointSuffix", "core.windows.net")}";
        return Uri.TryCreate(text, UriKind.Absolute, out var endpoint) ? new Uri(endpoint.AbsoluteUri.TrimEnd('/') + "/") : null;
    }

    private static Dictionary<string, string> Split(string? connectionString) => (connectionString ?? "")
        .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(part => part.Split('=', 2))
        .Where(pair => pair.Length == 2)
        .DistinctBy(pair => pair[0], StringComparer.OrdinalIgnoreCase)
        .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
}
