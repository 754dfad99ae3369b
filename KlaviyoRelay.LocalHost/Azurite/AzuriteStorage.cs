using System.Data.Common;
using Azure.Storage.Queues;
using KlaviyoRelay.Core.Http;
using Microsoft.Extensions.Options;

namespace KlaviyoRelay.LocalHost.Azurite;

/// <summary>Where the storage is and how to sign for it: the setting <c>AzureWebJobsStorage</c>.</summary>
internal static class AzuriteStorage
{
    public const string Setting = "AzureWebJobsStorage";

    /// <exception cref="OptionsValidationException">It is missing or wrong.</exception>
    public static string ConnectionString(IConfiguration configuration)
    {
        var text = configuration[Setting];
        try
        {
            return new QueueServiceClient(text) is { AccountName.Length: > 0 } && text is not null ? text : throw new FormatException();
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidOperationException)
        {
            // Without its message, which can hold a part of the key.
            throw new OptionsValidationException(
                Setting, typeof(AzuriteStorage), [$"{Setting} is missing or wrong: it should be UseDevelopmentStorage=true or a full connection string of a storage account."]);
        }
    }

    /// <summary>Whether the blobs' address is known: one that names the queues' is not where the account's name would lead.</summary>
    public static bool HasBlobs(string connectionString) => Has(connectionString, "BlobEndpoint");

    public static bool HasTables(string connectionString) => Has(connectionString, "TableEndpoint");

    public static QueueServiceClient Queues(string connectionString)
    {
        var options = new QueueClientOptions();
        TryBriefly(options);
        return new QueueServiceClient(connectionString, options);
    }

    /// <summary>A webhook is waiting for its answer. Azurite closes idle connections, and a request may meet one that is just being closed.</summary>
    public static void TryBriefly(Azure.Core.ClientOptions options)
    {
        options.Transport = AzureTransport.Create();
        options.Retry.MaxRetries = 1;
        options.Retry.Delay = TimeSpan.FromMilliseconds(100);
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(10);
    }

    private static bool Has(string connectionString, string endpoint)
    {
        var parts = new DbConnectionStringBuilder { ConnectionString = connectionString };
        return !parts.ContainsKey("QueueEndpoint") || parts.ContainsKey(endpoint);
    }
}
