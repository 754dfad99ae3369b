using Azure.Core.Pipeline;
using Azure.Data.Tables;
using KlaviyoRelay.Core.Conversations.State;
using KlaviyoRelay.Core.Queueing;
using KlaviyoRelay.Core.Recovery;
using KlaviyoRelay.Functions;
using KlaviyoRelay.Functions.Storage;
using KlaviyoRelay.LocalHost.Azurite;
using KlaviyoRelay.LocalHost.Functions;
using KlaviyoRelay.LocalHost.Queues;
using KlaviyoRelay.LocalHost.Settings;
using Microsoft.Extensions.Options;

namespace KlaviyoRelay.LocalHost;

/// <summary>Adds what stands in for the Functions host and Service Bus.</summary>
internal static class LocalHostServiceCollectionExtensions
{
    public static IServiceCollection AddLocalHost(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<LocalHostOptions>().BindConfiguration(LocalHostOptions.SectionName).ValidateOnStart();
        services.AddSingleton<IValidateOptions<LocalHostOptions>, LocalHostOptionsValidator>();
        services.AddSingleton(HostJson.Read());
        return services.AddAzurite(configuration).AddFunctions(configuration);
    }

    private static IServiceCollection AddAzurite(this IServiceCollection services, IConfiguration configuration)
    {
        var account = StorageAccount.Of(configuration);
        services.AddSingleton(provider => new AzuriteQueueClient(AzuriteHttp.Create(), account, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<QueueSignals>();
        services.AddSingleton<HeldIndex>();
        services.AddSingleton(provider => MarkStore(account, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(ConversationStore(account));
        return services.AddSingleton<IEventQueue, AzuriteQueue>();
    }

    private static IConversationStore ConversationStore(StorageAccount account)
    {
        if (account.TableEndpoint is not { } tables)
        {
            return new MissingConversationStore($"{StorageAccount.Setting} has a QueueEndpoint and no TableEndpoint: add the address of the tables to it, such as TableEndpoint=http://127.0.0.1:10002/devstoreaccount1.");
        }

        var options = TableServiceCollectionExtensions.Options();
        options.Transport = new HttpClientTransport(AzuriteHttp.Create());
        return new TableConversationStore(new TableServiceClient(new Uri(tables.AbsoluteUri.TrimEnd('/')), new TableSharedKeyCredential(account.Name, Convert.ToBase64String(account.Key)), options));
    }

    private static IRecoveryMarkStore MarkStore(StorageAccount account, TimeProvider clock) => account.BlobEndpoint is { } blobs
        ? new BlobRecoveryMarkStore(blobs, new SharedKeyPolicy(account, clock), new BlobRequestOptions { Transport = new HttpClientTransport(AzuriteHttp.Create()) })
        : new MissingRecoveryMarkStore($"{StorageAccount.Setting} has a QueueEndpoint and no BlobEndpoint: add the address of the blobs to it, such as BlobEndpoint=http://127.0.0.1:10000/devstoreaccount1.");

    private static IServiceCollection AddFunctions(this IServiceCollection services, IConfiguration configuration)
    {
        var classes = FunctionCatalog.FunctionClasses(typeof(ReceiveWebhook).Assembly).ToList();
        classes.ForEach(type => services.AddSingleton(type));
        services.AddSingleton(provider => FunctionCatalog.Of(classes, provider, configuration));
        return services.AddHostedService<FunctionRunner>();
    }
}
