using System.Globalization;
using KlaviyoRelay.Core.Helpdesks.Checking;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Core.Checks;

/// <summary>Whether the queue can be reached and the relay may send to it. Unlike the health check, it tells why not.</summary>
public sealed class QueueCheck(IEventQueue queue, TimeProvider clock)
{
    private const string LookAtQueue =
        "check ServiceBusConnection__fullyQualifiedNamespace, the relay's identity and the network; locally AzureWebJobsStorage, and that Azurite runs";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public async Task<Finding> CheckAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await queue.CheckAsync(either.Token);
            return Finding.Ok("Reachable");
        }
        catch (QueueUnavailableException exception)
        {
            return Finding.FailedBy(exception.Message, LookAtQueue);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return Finding.Failed($"The queue did not answer within {Timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s", LookAtQueue);
        }
    }
}
