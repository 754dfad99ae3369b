using KlaviyoRelay.Core.Work;
using KlaviyoRelay.LocalHost.Azurite;

namespace KlaviyoRelay.LocalHost.Queues;

/// <summary>
/// Pumps a queue with sessions: each account's queue by a pump of its own, so that accounts take turns however much waits
/// for one of them.
/// </summary>
internal sealed class SessionPumps(string queue, IEnumerable<string> accounts, Func<string, QueuePump> create, AzuriteQueueClient client, TimeProvider clock) : BackgroundService
{
    // A queue that no setting leads to: an account that was taken out while its events waited.
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, QueuePump> _pumps = new(StringComparer.Ordinal);

    public override void Dispose()
    {
        foreach (var pump in _pumps.Values)
        {
            pump.Dispose();
        }

        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await StartAsync([queue, .. accounts.Select(account => SessionQueues.NameOf(queue, account))], stoppingToken);
        try
        {
            while (await AnyFailsOrTimePassesAsync(stoppingToken))
            {
                await StartAsync(await FindAsync(stoppingToken), stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await Task.WhenAll(_pumps.Values.Select(pump => pump.StopAsync(CancellationToken.None)));
        }
    }

    /// <summary>Throws what a pump throws.</summary>
    private async Task<bool> AnyFailsOrTimePassesAsync(CancellationToken stoppingToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var time = Task.Delay(LookInterval, clock, ended.Token);
        await await Task.WhenAny([time, .. _pumps.Values.Select(pump => pump.ExecuteTask ?? Task.CompletedTask)]);
        await ended.CancelAsync();
        return true;
    }

    private async Task<IEnumerable<string>> FindAsync(CancellationToken stoppingToken)
    {
        try
        {
            return await client.ListAsync(SessionQueues.PrefixOf(queue), stoppingToken);
        }
        catch (QueueUnavailableException)
        {
            // The pumps say so.
            return [];
        }
    }

    private async Task StartAsync(IEnumerable<string> queues, CancellationToken stoppingToken)
    {
        foreach (var name in queues.Where(name => !_pumps.ContainsKey(name)).ToList())
        {
            _pumps[name] = create(name);
            await _pumps[name].StartAsync(stoppingToken);
        }
    }
}
