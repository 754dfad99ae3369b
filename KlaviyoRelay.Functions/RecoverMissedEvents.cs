using KlaviyoRelay.Core.Conversations.Recovery;

namespace KlaviyoRelay.Functions;

/// <summary>Fetches what Gladly's webhooks did not bring. Does nothing without a Gladly connection.</summary>
public sealed class RecoverMissedEvents(EventRecovery recovery)
{
    [Function(nameof(RecoverMissedEvents))]
    public Task RunAsync([TimerTrigger("%RecoverSchedule%")] TimerInfo timer, CancellationToken cancellationToken)
    {
        _ = timer;
        return recovery.RecoverAsync(cancellationToken);
    }
}
