using Azure.Data.Tables;
using KlaviyoRelay.Core.Audit.Weekly;
using KlaviyoRelay.Core.Conversations.Recovery;
using KlaviyoRelay.Core.Conversations.State;
using KlaviyoRelay.Core.Records.Storage;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Functions;
using KlaviyoRelay.Functions.Storage;
using KlaviyoRelay.LocalHost.Azurite;
using KlaviyoRelay.LocalHost.Functions;
using KlaviyoRelay.LocalHost.Recent;
using KlaviyoRelay.LocalHost.Settings;
using Microsoft.Extensions.Azure;
using Microsoft.Extensions.Options;

namespace KlaviyoRelay.LocalHost;

/// <summary>Adds what stands in for the Functions host and Service Bus.</summary>
internal static class LocalHostServiceCollectionExtensions
{
    private const string NoBlobs =
        $"{AzuriteStorage.Setting} has a QueueEndpoint and no BlobEndpoint: add the address of the blobs to it, such as BlobEndpoint=http://127.0.0.1:10000/devstoreaccount1.";

    public static IServiceCollection AddLocalHost(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<LocalHostOptions>().BindConfiguration(LocalHostOptions.SectionName).ValidateOnStart();
        services.AddSingleton<IValidateOptions<LocalHostOptions>, LocalHostOptionsValidator>();
        services.AddSingleton(HostJson.Read());
        return services.AddAzurite(configuration).AddFunctions(configuration);
    }

    private static IServiceCollection AddAzurite(this IServiceCollection services, IConfiguration configuration)
    {
        var storage = AzuriteStorage.ConnectionString(configuration);
        services.AddAzureClients(clients =>
        {
            clients.AddQueueServiceClient(storage).ConfigureOptions(AzuriteStorage.TryBriefly);
            clients.AddBlobServiceClient(storage).ConfigureOptions(AzuriteStorage.TryBriefly);
        });
        services.AddSingleton<AzuriteQueueClient>();
        services.AddSingleton<QueueSignals>();
        services.AddSingleton<HeldIndex>();
        return (AzuriteStorage.HasBlobs(storage)
            ? services.AddSingleton<IRecoveryMarkStore, BlobRecoveryMarkStore>().AddSingleton<IRecordStore, BlobRecordStore>().AddSingleton<IAuditStore, BlobAuditStore>()
            : services.AddSingleton<IRecoveryMarkStore>(new MissingRecoveryMarkStore(NoBlobs)).AddSingleton<IRecordStore>(new MissingRecordStore(NoBlobs)).AddSingleton<IAuditStore>(new MissingAuditStore(NoBlobs)))
            .AddSingleton(ConversationStore(storage))
            .AddSingleton<AzuriteQueue>()
            .AddSingleton(provider => new RecentQueue(provider.GetRequiredService<AzuriteQueue>()))
            .AddSingleton<IEventQueue>(provider => provider.GetRequiredService<RecentQueue>());
    }

    private static IConversationStore ConversationStore(string storage) => AzuriteStorage.HasTables(storage)
        ? new TableConversationStore(new TableServiceClient(storage, TableServiceCollectionExtensions.Options()))
        : new MissingConversationStore($"{AzuriteStorage.Setting} has a QueueEndpoint and no TableEndpoint: add the address of the tables to it, such as TableEndpoint=http://127.0.0.1:10002/devstoreaccount1.");

    private static IServiceCollection AddFunctions(this IServiceCollection services, IConfiguration configuration)
    {
        var classes = FunctionCatalog.FunctionClasses(typeof(ReceiveWebhook).Assembly).ToList();
        classes.ForEach(type => services.AddSingleton(type));
        services.AddSingleton<RecordRequests>();
        services.AddSingleton<CampaignRequests>();
        services.AddSingleton(provider => FunctionCatalog.Of(classes, provider, configuration));
        return services.AddSingleton<LocalGuard>().AddHostedService<FunctionRunner>();
    }
}
