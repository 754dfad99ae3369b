using Azure.Core;
using KlaviyoRelay.Core.Audit.Weekly;
using KlaviyoRelay.Core.Conversations.Recovery;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Records.Storage;
using KlaviyoRelay.Core.Secrets;
using Microsoft.Extensions.Azure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KlaviyoRelay.Functions.Storage;

/// <summary>Adds the recovery marks and the store of records, in the storage account that the Functions host has anyway.</summary>
internal static class BlobServiceCollectionExtensions
{
    private const string Missing =
        "AzureWebJobsStorage__blobServiceUri is missing or wrong: it should be https://{account}.blob.core.windows.net; or set AzureWebJobsStorage__accountName.";

    public static IServiceCollection AddBlobs(this IServiceCollection services, IConfiguration configuration)
    {
        if (DevelopmentStorage.Of(configuration) is { } connection)
        {
            services.AddAzureClients(clients => clients.AddBlobServiceClient(connection).ConfigureOptions(options => options.Transport = AzureTransport.Create()));
            return services.AddStores();
        }

        if (AddressOf(configuration) is not { } address)
        {
            return services.AddSingleton<IRecoveryMarkStore>(new MissingRecoveryMarkStore(Missing)).AddSingleton<IRecordStore>(new MissingRecordStore(Missing)).AddSingleton<IAuditStore>(new MissingAuditStore(Missing));
        }

        services.TryAddSingleton<TokenCredential>(_ => AzureCredential.Create(configuration));
        services.AddAzureClients(clients =>
        {
            clients.UseCredential(provider => provider.GetRequiredService<TokenCredential>());
            // No webhook waits for it, so it is tried as often as the client does by default, but each time for less long.
            clients.AddBlobServiceClient(address).ConfigureOptions(options => options.Retry.NetworkTimeout = TimeSpan.FromSeconds(15));
        });
        return services.AddStores();
    }

    private static IServiceCollection AddStores(this IServiceCollection services) =>
        services.AddSingleton<IRecoveryMarkStore, BlobRecoveryMarkStore>().AddSingleton<IRecordStore, BlobRecordStore>().AddSingleton<IAuditStore, BlobAuditStore>();

    private static Uri? AddressOf(IConfiguration configuration)
    {
        var address = configuration["AzureWebJobsStorage:blobServiceUri"];
        if (string.IsNullOrEmpty(address) && configuration["AzureWebJobsStorage:accountName"] is { Length: > 0 } account)
        {
            address = $"https://{account}.blob.core.windows.net";
        }

        return Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps ? uri : null;
    }
}
