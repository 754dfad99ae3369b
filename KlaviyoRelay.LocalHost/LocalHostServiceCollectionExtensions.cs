using KlaviyoRelay.Core.Queueing;
using KlaviyoRelay.Functions;
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
        var account = QueueStorageAccount.Of(configuration);
        services.AddSingleton(provider => new AzuriteQueueClient(AzuriteHttp.Create(), account, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<QueueSignals>();
        services.AddSingleton<HeldIndex>();
        return services.AddSingleton<IEventQueue, AzuriteQueue>();
    }

    private static IServiceCollection AddFunctions(this IServiceCollection services, IConfiguration configuration)
    {
        var classes = FunctionCatalog.FunctionClasses(typeof(ReceiveWebhook).Assembly).ToList();
        classes.ForEach(type => services.AddSingleton(type));
        services.AddSingleton(provider => FunctionCatalog.Of(classes, provider, configuration));
        return services.AddHostedService<FunctionRunner>();
    }
}
