using Azure.Core;
using Azure.Data.Tables;
using KlaviyoRelay.Core.Conversations.State;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Secrets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KlaviyoRelay.Functions.Storage;

/// <summary>Adds the record of conversations, in the storage account that the Functions host has anyway.</summary>
public static class TableServiceCollectionExtensions
{
    private const string Missing =
        "AzureWebJobsStorage__tableServiceUri is missing or wrong: it should be https://{account}.table.core.windows.net; or set AzureWebJobsStorage__accountName.";

    internal static IServiceCollection AddConversationRecord(this IServiceCollection services, IConfiguration configuration)
    {
        // An address that names Azurite's other services leads nowhere without the tables'.
        if (DevelopmentStorage.Of(configuration) is { } connection && (connection.Contains("TableEndpoint=", StringComparison.OrdinalIgnoreCase) || !connection.Contains("Endpoint=", StringComparison.OrdinalIgnoreCase)))
        {
            return services.AddSingleton<IConversationStore>(new TableConversationStore(new TableServiceClient(connection, Options())));
        }

        if (AddressOf(configuration) is not { } address)
        {
            return services.AddSingleton<IConversationStore>(new MissingConversationStore(Missing));
        }

        services.TryAddSingleton<TokenCredential>(_ => AzureCredential.Create(configuration));
        return services.AddSingleton<IConversationStore>(provider =>
            new TableConversationStore(new TableServiceClient(address, provider.GetRequiredService<TokenCredential>(), Options())));
    }

    /// <summary>An event waits for these requests, so they are given up soon: it comes again.</summary>
    public static TableClientOptions Options()
    {
        var options = new TableClientOptions();
        options.Transport = AzureTransport.Create();
        options.Retry.MaxRetries = 2;
        options.Retry.Delay = TimeSpan.FromMilliseconds(200);
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(5);
        return options;
    }

    private static Uri? AddressOf(IConfiguration configuration)
    {
        var address = configuration["AzureWebJobsStorage:tableServiceUri"];
        if (string.IsNullOrEmpty(address) && configuration["AzureWebJobsStorage:accountName"] is { Length: > 0 } account)
        {
            address = $"https://{account}.table.core.windows.net";
        }

        return Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps ? uri : null;
    }
}
