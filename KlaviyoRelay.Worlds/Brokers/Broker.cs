using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Worlds.Time;

namespace KlaviyoRelay.Worlds.Brokers;

/// <summary>The queues of the relay, as infra/service-bus.bicep sets them up.</summary>
internal sealed class Broker
{
    private readonly Dictionary<string, BrokerQueue> _queues;

    public Broker(Timeline timeline) => _queues = QueueNames.All.ToDictionary(
        name => name, name => new BrokerQueue(name, hasSessions: name is QueueNames.ConversationEvents or QueueNames.Records, timeline), StringComparer.Ordinal);

    public BrokerQueue Events => _queues[QueueNames.ConversationEvents];

    public BrokerQueue Throttled => _queues[QueueNames.DeadLetterThrottled];

    public BrokerQueue Rejected => _queues[QueueNames.DeadLetterRejected];

    public BrokerQueue Of(string name) => _queues[name];
}
