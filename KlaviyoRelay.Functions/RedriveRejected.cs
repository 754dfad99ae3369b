using KlaviyoRelay.Core.DeadLetters;
using KlaviyoRelay.Core.Queueing;

namespace KlaviyoRelay.Functions;

/// <summary>Sends parked letters round again. Disabled (AzureWebJobs.RedriveRejected.Disabled) until an operator enables it.</summary>
public sealed class RedriveRejected(RejectedRedrive redrive)
{
    [Function(nameof(RedriveRejected))]
    public Task RunAsync(
        [ServiceBusTrigger(QueueNames.DeadLetterRejected, Connection = QueueNames.Connection, IsBatched = true)] string[] messages,
        CancellationToken cancellationToken) =>
        redrive.RedriveAsync(messages, cancellationToken);
}
