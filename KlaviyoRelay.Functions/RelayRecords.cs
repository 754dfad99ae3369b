using KlaviyoRelay.Core.Records;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Functions;

/// <summary>Relays a batch of the parts of runs of one Klaviyo account. The session is the account, and is released as <see cref="RelayConversationEvents"/> does it.</summary>
public sealed class RelayRecords(RecordRelay relay)
{
    [Function(nameof(RelayRecords))]
    public async Task RunAsync(
        [ServiceBusTrigger(QueueNames.Records, Connection = QueueNames.Connection, IsBatched = true, IsSessionsEnabled = true)] string[] messages,
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
