using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Worlds.Time;

namespace KlaviyoRelay.Worlds.Brokers;

/// <summary>The queues of the relay: as infra/service-bus.bicep sets them up, or as the local host has them.</summary>
internal sealed class Broker
{
    private readonly Dictionary<string, BrokerQueue> _queues;

    public Broker(Timeline timeline, bool isLocal)
    {
        var withSessions = isLocal ? QueueRules.AzuriteSessions : QueueRules.Sessions;
        _queues = QueueNames.All.ToDictionary(
            name => name,
            name => new BrokerQueue(name, name is QueueNames.ConversationEvents or QueueNames.Records ? withSessions : QueueRules.Messages, timeline),
            StringComparer.Ordinal);
    }

    public BrokerQueue Events => _queues[QueueNames.ConversationEvents];

    public BrokerQueue Records => _queues[QueueNames.Records];

    /// <summary>The queues that functions read.</summary>
    public IReadOnlyList<BrokerQueue> Read => [Events, Records, Throttled];

    public BrokerQueue Throttled => _queues[QueueNames.DeadLetterThrottled];

    public BrokerQueue Rejected => _queues[QueueNames.DeadLetterRejected];

    public BrokerQueue Of(string name) => _queues[name];
}
