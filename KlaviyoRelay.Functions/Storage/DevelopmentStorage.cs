using Microsoft.Extensions.Configuration;

namespace KlaviyoRelay.Functions.Storage;

/// <summary>Azurite's account, whose key is known to all: the only connection string that the app takes.</summary>
internal static class DevelopmentStorage
{
    /// <summary>The connection string; null when the storage is a real one.</summary>
    public static string? Of(IConfiguration configuration) =>
        configuration.GetSection("AzureWebJobsStorage").Value is { } connection
        && (connection.Contains("UseDevelopmentStorage=true", StringComparison.OrdinalIgnoreCase) || connection.Contains("AccountName=devstoreaccount1", StringComparison.OrdinalIgnoreCase))
            ? connection
            : null;
}
