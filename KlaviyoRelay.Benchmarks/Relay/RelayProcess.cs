using System.Globalization;
using System.Runtime;
using KlaviyoRelay.Cli;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.LocalHost.Functions;
using KlaviyoRelay.LocalHost.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace KlaviyoRelay.Benchmarks.Relay;

/// <summary>The local host, telling at <c>/_cost</c> what it has used, without Klaviyo's limits: <c>KlaviyoRelay.Benchmarks relay {queue}</c>.</summary>
internal static class RelayProcess
{
    public const string Verb = "relay";
    public const string Memory = "memory";
    public const string Azurite = "azurite";
    public const string CostPath = "_cost";
    public const string CompiledPath = "_compiled";

    public static async Task<int> RunAsync(bool isInMemory, bool acceptsOnly, CancellationToken cancellationToken)
    {
        using var telemetry = new TelemetryReader();
        await using var app = RelayApp.Build([], services =>
        {
            services.WithoutLimits();
            if (isInMemory)
            {
                ReplaceQueue(services, acceptsOnly);
            }
        });
        app.MapGet("/" + CostPath, () => Results.Json(Cost.SoFar(), BenchJsonContext.Default.Cost));
        app.MapGet("/" + CompiledPath, () => Results.Text(JitInfo.GetCompiledMethodCount().ToString(CultureInfo.InvariantCulture)));
        await app.StartAsync(cancellationToken);
        await app.WaitForShutdownAsync(cancellationToken);
        return 0;
    }

    private static void ReplaceQueue(IServiceCollection services, bool acceptsOnly)
    {
        services.Remove(services.First(service => service.ImplementationType == typeof(FunctionRunner)));
        services.RemoveAll<IEventQueue>().AddSingleton<MemoryQueue>().AddSingleton<IEventQueue>(provider => provider.GetRequiredService<MemoryQueue>());
        if (!acceptsOnly)
        {
            services.AddHostedService<MemoryQueueRunner>();
        }
    }

    /// <summary>Runs the queue function of <see cref="QueueNames.ConversationEvents"/>.</summary>
    private sealed class MemoryQueueRunner(MemoryQueue queue, FunctionCatalog catalog, HostJson hostJson) : BackgroundService
    {
        private readonly MemoryPump _pump = new(queue, catalog.Queues.First(function => function.Queue == QueueNames.ConversationEvents).RunAsync, hostJson.MaxMessageBatchSize);

        protected override Task ExecuteAsync(CancellationToken stoppingToken) => _pump.RunAsync(stoppingToken);
    }
}
