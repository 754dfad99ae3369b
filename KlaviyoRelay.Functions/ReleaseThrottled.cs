using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Functions;

/// <summary>Moves throttled letters back when their time has come: the queue shows them only then.</summary>
public sealed class ReleaseThrottled(ThrottledRelease release)
{
    [Function(nameof(ReleaseThrottled))]
    public Task RunAsync(
        [ServiceBusTrigger(QueueNames.DeadLetterThrottled, Connection = QueueNames.Connection, IsBatched = true)] string[] messages,
        CancellationToken cancellationToken) =>
        release.ReleaseAsync(messages, cancellationToken);
}
