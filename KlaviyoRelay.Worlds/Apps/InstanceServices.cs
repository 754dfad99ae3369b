using KlaviyoRelay.Core;
using KlaviyoRelay.Core.Audit.Weekly;
using KlaviyoRelay.Core.Clocks;
using KlaviyoRelay.Core.Conversations.Recovery;
using KlaviyoRelay.Core.Conversations.State;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Records.Storage;
using KlaviyoRelay.Core.Secrets;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Worlds.Draws;
using KlaviyoRelay.Worlds.Rules;
using KlaviyoRelay.Worlds.Stores;
using KlaviyoRelay.Worlds.Time;
using KlaviyoRelay.Worlds.Vendors;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Worlds.Apps;

/// <summary>The relay as its hosts compose it, with the clock, chance, the network, the queue, the stores and the vault replaced.</summary>
internal static class InstanceServices
{
    public static ServiceProvider Build(World world, Instance instance, TimeProvider clock, IConfiguration configuration)
    {
        var io = new Io(world, instance);
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(new LogWatch(world, instance)));
        services.AddSingleton(clock);
        services.AddSingleton<Concurrency>(new PlayedConcurrency());
        services.AddSingleton<Chance>(new PlayedChance(new Dice(world.Dice.Next())));
        services.AddSingleton<IEventQueue>(new InstanceQueue(world, io));
        services.AddSingleton<IRecoveryMarkStore>(new Marks(world, io));
        services.AddSingleton<IConversationStore>(new Tables(world, io));
        services.AddSingleton<IRecordStore>(new BlobRecords(world, io));
        services.AddSingleton<IAuditStore>(new MissingAuditStore("A world has no audits."));
        services.AddKlaviyoRelay(configuration);
        services.AddSingleton<ISecretStore>(provider => new Vault(world, io, provider.GetRequiredService<Concurrency>(), clock, provider.GetRequiredService<ILogger<Vault>>()));
        services.AddHttpClient(HttpSender.ClientName).ConfigurePrimaryHttpMessageHandler(() => new VendorHandler(world, instance, io));
        return services.BuildServiceProvider();
    }
}
