using KlaviyoRelay.Core.Conversations.Receiving;
using KlaviyoRelay.Core.Conversations.Recovery;
using KlaviyoRelay.Core.Conversations.Relaying;
using KlaviyoRelay.Core.Conversations.State;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Helpdesks.Webhooks;
using KlaviyoRelay.Core.Records;
using KlaviyoRelay.Core.Records.Receiving;
using KlaviyoRelay.Core.Records.Runs;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Functions;
using KlaviyoRelay.Worlds.Draws;
using KlaviyoRelay.Worlds.Time;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace KlaviyoRelay.Worlds.Apps;

/// <summary>One process of the relay, from its start to its end. The next process of the same place is another one.</summary>
internal sealed class Instance : IDisposable
{
    private readonly World _world;
    private readonly ServiceProvider _services;
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Action> _onEnd = [];
    private readonly Pump[] _pumps;
    private (int Requests, bool IsBefore)? _death;

    public Instance(World world, string name, int life, IConfiguration configuration)
    {
        _world = world;
        Name = name;
        Process = FormattableString.Invariant($"{name}/{life}");
        Clock = new InstanceClock(world.Timeline, new Dice(world.Dice.Next()));
        _services = InstanceServices.Build(world, this, Clock, configuration);
        var relay = new RelayConversationEvents(_services.GetRequiredService<EventRelay>());
        var records = new RelayRecords(_services.GetRequiredService<RecordRelay>());
        var release = new ReleaseThrottled(_services.GetRequiredService<ThrottledRelease>());
        _pumps =
        [
            new Pump(world, this, world.Broker.Events, (bodies, let, token) => relay.RunAsync([.. bodies], new SessionActions(let), token)),
            new Pump(world, this, world.Broker.Records, (bodies, let, token) => records.RunAsync([.. bodies], new SessionActions(let), token)),
            new Pump(world, this, world.Broker.Throttled, (bodies, _, token) => release.RunAsync([.. bodies], token)),
        ];
    }

    public string Name { get; }

    public string Process { get; }

    public InstanceClock Clock { get; }

    public bool IsAlive { get; private set; } = true;

    /// <summary>Whether it takes webhooks and batches.</summary>
    public bool IsTaking { get; private set; }

    /// <summary>When its batch of conversations' events began; null when it has none.</summary>
    public TimeSpan? BatchBegun => _pumps[0].BatchBegun;

    public CancellationToken Stopping => _stopping.Token;

    public async Task StartAsync()
    {
        // As RecordBeginning does it at the app's start, whose base class would use another thread.
        foreach (var connection in _services.GetRequiredService<ConnectionRegistry>().All.Where(connection => connection.NeedsRecord))
        {
            await _services.GetRequiredService<ConversationRecord>().BeginAsync(connection.Name, Stopping);
        }

        IsTaking = true;
        Wake();
    }

    public void Wake() => Array.ForEach(_pumps, pump => pump.Wake());

    public Task<WebhookOutcome> ReceiveAsync(WebhookRequest webhook, CancellationToken cancellationToken) =>
        _services.GetRequiredService<WebhookReceiver>().ReceiveAsync(webhook, cancellationToken);

    public Task<RowsOutcome> ReceiveRowsAsync(RowsRequest rows, CancellationToken cancellationToken) =>
        _services.GetRequiredService<RowsReceiver>().ReceiveAsync(rows, cancellationToken);

    public Task PollAsync() => new PollRecords(_services.GetRequiredService<RunPoller>()).RunAsync(new TimerInfo(), Stopping);

    public Task RecoverAsync() => new RecoverMissedEvents(_services.GetRequiredService<EventRecovery>()).RunAsync(new TimerInfo(), Stopping);

    public Task ExpireAsync() => new ExpireConversations(_services.GetRequiredService<ConversationExpiry>()).RunAsync(new TimerInfo(), Stopping);

    /// <summary>The connections that have a webhook in hand.</summary>
    public IEnumerable<string> Busy()
    {
        var slots = _services.GetRequiredService<WebhookSlots>();
        foreach (var connection in _services.GetRequiredService<ConnectionRegistry>().All)
        {
            var leases = Enumerable.Range(0, connection.Options.Webhook.MaxConcurrency).Select(_ => slots.Take(connection)).ToList();
            if (!leases.All(lease => lease.IsAcquired))
            {
                yield return connection.Name;
            }

            leases.ForEach(lease => lease.Dispose());
        }
    }

    /// <summary>Happens when the process has ended.</summary>
    public void OnEnd(Action act) => _onEnd.Add(act);

    public Task WaitAsync(TimeSpan time) => Task.Delay(time, Clock);

    /// <summary>It is killed with one of its next requests.</summary>
    public void DieSoon(int requests, bool isBefore) => _death = (requests, isBefore);

    /// <summary>It is not to be killed any more.</summary>
    public void Survive() => _death = null;

    /// <summary>Whether it is dead by now.</summary>
    public bool DiesNow(bool isBefore)
    {
        if (_death is { } death && death.IsBefore == isBefore)
        {
            _death = (death.Requests - 1, isBefore);
            if (death.Requests <= 0)
            {
                _death = null;
                _world.Kill(this);
            }
        }

        return !IsAlive;
    }

    /// <summary>Takes nothing more and ends what runs: most of it within the time that it is given.</summary>
    public void Stop()
    {
        IsTaking = false;
        _world.Timeline.After(TimeSpan.FromSeconds(22), () =>
        {
            if (IsAlive)
            {
                _stopping.Cancel();
                _world.Timeline.After(TimeSpan.FromSeconds(2), End);
            }
        });
    }

    /// <summary>Ends at once, whatever runs.</summary>
    public void End()
    {
        if (!IsAlive)
        {
            return;
        }

        IsTaking = false;
        IsAlive = false;
        Clock.IsStopped = true;
        _onEnd.ForEach(act => act());
        // Not while its own code runs.
        _world.Timeline.After(TimeSpan.Zero, Dispose);
    }

    public void Dispose()
    {
        _services.Dispose();
        _stopping.Dispose();
    }
}
