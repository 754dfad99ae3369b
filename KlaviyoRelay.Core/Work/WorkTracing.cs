using System.Diagnostics;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Telemetry;

namespace KlaviyoRelay.Core.Work;

/// <summary>The activities of messages.</summary>
public static class WorkTracing
{
    /// <summary>Works on a batch, with a link to each message's trace.</summary>
    public static Activity? Process(string queue, IReadOnlyList<RelayMessage> messages) =>
        RelayTracing.Process(queue, messages.Count, messages.Select(message => message.Trace));

    /// <summary>Does something for one message, in that message's trace, with a link to the batch.</summary>
    public static Activity? For(string name, RelayMessage message) =>
        RelayTracing.For(name, message.Trace, message.Id, message.Connection, message.Account);

    /// <summary>Sends events of many messages in one request, with a link to each message's trace.</summary>
    public static Activity? BulkJob(string account, IEnumerable<RelayMessage> messages) =>
        RelayTracing.BulkJob(account, messages.Select(message => message.Trace));

    /// <summary>How something that was done for a message ended; null when well.</summary>
    public static void Ended(this Activity activity, DeliveryFailure? failure)
    {
        if (failure is not null)
        {
            activity.Fail(DeadLetterReasons.NameOf(failure.Reason));
        }
    }
}
