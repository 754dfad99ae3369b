using KlaviyoRelay.Core.Queueing;
using KlaviyoRelay.Core.Relaying;

namespace KlaviyoRelay.Functions;

/// <summary>Relays a batch of queued events of one Klaviyo account: the session is the account.</summary>
public sealed class RelayConversationEvents(EventRelay relay)
{
    [Function(nameof(RelayConversationEvents))]
    public Task RunAsync(
        [ServiceBusTrigger(QueueNames.ConversationEvents, Connection = QueueNames.Connection, IsBatched = true, IsSessionsEnabled = true)] string[] messages,
        CancellationToken cancellationToken) =>
        relay.RelayAsync(messages, cancellationToken);
}
