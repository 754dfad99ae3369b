using KlaviyoRelay.Core.Records.Runs;

namespace KlaviyoRelay.Functions;

/// <summary>Asks Klaviyo each minute what became of the jobs of open runs. Asks nothing when none is open.</summary>
public sealed class PollRecords(RunPoller poller)
{
    [Function(nameof(PollRecords))]
    public Task RunAsync([TimerTrigger("0 * * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        _ = timer;
        return poller.PollAsync(cancellationToken);
    }
}
