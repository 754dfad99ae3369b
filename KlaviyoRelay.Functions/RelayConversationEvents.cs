using KlaviyoRelay.Core.Conversations.Relaying;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Functions;

/// <summary>
/// Relays a batch of queued events of one Klaviyo account: the session is the account. It is released after every batch,
/// a failed one too: the trigger would keep it for the next batch, whose lock it does not renew.
/// </summary>
public sealed class RelayConversationEvents(EventRelay relay)
{
    [Function(nameof(RelayConversationEvents))]
    public async Task RunAsync(
        [ServiceBusTrigger(QueueNames.ConversationEvents, Connection = QueueNames.Connection, IsBatched = true, IsSessionsEnabled = true)] string[] messages,
        ServiceBusSessionMessageActions session,
        CancellationToken cancellationToken)
    {
        try
        {
            await relay.RelayAsync(messages, cancellationToken);
        }
        finally
        {
            await session.ReleaseSession(CancellationToken.None);
        }
    }
}
