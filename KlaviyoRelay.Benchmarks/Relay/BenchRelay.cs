using KlaviyoRelay.Benchmarks.FarEnd;
using KlaviyoRelay.Core;
using KlaviyoRelay.Core.Conversations.Relaying;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.LocalHost.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Benchmarks.Relay;

/// <summary>The relay as a host composes it, on a memory queue, with everything on.</summary>
internal sealed class BenchRelay : IAsyncDisposable
{
    private const int WarmUpConversations = 8000;

    private readonly ServiceProvider _services;
    private readonly TelemetryReader _telemetry = new();
    private readonly MemoryQueue _queue = new();
    private readonly EventRelay _relay;
    private readonly MemoryPump _pump;
    private readonly int _batchSize;

    private BenchRelay(IReadOnlyDictionary<string, string> settings, int? batchSize, Action<IServiceCollection> changes)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key.Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal), (string?)setting.Value)))
            .Build();
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Information).AddProvider(new FormattingLogger()));
        services.AddSingleton<IEventQueue>(_queue);
        services.AddKlaviyoRelay(configuration);
        changes(services);
        _services = services.BuildServiceProvider();
        _relay = _services.GetRequiredService<EventRelay>();
        _batchSize = batchSize ?? HostJson.Read().MaxMessageBatchSize;
        _pump = new MemoryPump(_queue, _relay.RelayAsync, _batchSize);
    }

    /// <summary>With Klaviyo's real limits and look-ups by HTTP.</summary>
    public static BenchRelay WithLimits(Uri farEnd) => new(BenchSettings.For(farEnd), batchSize: null, _ => { });

    /// <summary>With limits that never make anybody wait, and look-ups that cost nothing.</summary>
    public static BenchRelay WithoutLimits(Uri farEnd, int accounts = 1, int? bulkThreshold = null, int? batchSize = null) => new(BenchSettings.For(farEnd, accounts, bulkThreshold), batchSize, services =>
    {
        services.RemoveAll<IHelpdeskClient>().AddSingleton<InstantHelpdesk>().AddSingleton<IHelpdeskClient>(provider => provider.GetRequiredService<InstantHelpdesk>());
        services.WithoutLimits();
    });

    /// <summary>Relays conversations until there is nothing left to compile.</summary>
    public Task WarmUpAsync(CancellationToken cancellationToken, int accounts = 1) =>
        WarmUp.RunAsync(WarmUpConversations, first => DrainOnceAsync(first, WarmUpConversations, cancellationToken, accounts));

    /// <summary>Relays, measured, the messages of these conversations of as many accounts.</summary>
    public async Task<Measurement> DrainAsync(int conversations, FarEndClient counts, CancellationToken cancellationToken, int accounts = 1)
    {
        await counts.ResetAsync(cancellationToken);
        return (await DrainOnceAsync(0, conversations, cancellationToken, accounts)).SeenAs(await counts.CountsAsync(cancellationToken));
    }

    /// <summary>Relays conversations' events that need not be read from a queue until there is nothing left to compile.</summary>
    /// <param name="conversations">How many in a round.</param>
    /// <param name="batchSize">How many in a batch.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public Task WarmUpForEventsAsync(int conversations, int batchSize, CancellationToken cancellationToken) =>
        WarmUp.RunAsync(conversations, first => RelayEventsOnceAsync(first, conversations, batchSize, cancellationToken));

    /// <summary>Relays, measured, the events of these conversations, in batches as full as a host's.</summary>
    public async Task<Measurement> RelayEventsAsync(int conversations, FarEndClient counts, CancellationToken cancellationToken)
    {
        await counts.ResetAsync(cancellationToken);
        return (await RelayEventsOnceAsync(0, conversations, _batchSize, cancellationToken)).SeenAs(await counts.CountsAsync(cancellationToken));
    }

    private async Task<Measurement> RelayEventsOnceAsync(int firstConversation, int conversations, int batchSize, CancellationToken cancellationToken)
    {
        var helpdesk = _services.GetRequiredService<InstantHelpdesk>();
        var cost = await BatchByBatch.MeasureAsync(firstConversation, conversations, batchSize, (first, count) =>
        {
            var messages = Enumerable.Range(first, count).Select(number => Workload.Message(number)).ToList();
            helpdesk.Know(first, count);
            return () => _relay.RelayAsync(messages, cancellationToken);
        });
        return new Measurement(conversations * Workload.Emails, cost);
    }

    /// <summary>Fills the queue and relays, measured, what waits in it.</summary>
    public async Task<Measurement> DrainOnceAsync(int firstConversation, int conversations, CancellationToken cancellationToken, int accounts = 1)
    {
        foreach (var number in Enumerable.Range(firstConversation, conversations))
        {
            await _queue.SendAsync(QueueNames.ConversationEvents, [Workload.QueueMessage(number, number % accounts)], cancellationToken);
        }

        _services.GetService<InstantHelpdesk>()?.Know(firstConversation, conversations);
        var start = Cost.SoFar();
        await _pump.DrainAsync(cancellationToken);
        return new Measurement(conversations * Workload.Emails, Cost.SoFar().Since(start));
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _queue.Dispose();
        _telemetry.Dispose();
    }
}
