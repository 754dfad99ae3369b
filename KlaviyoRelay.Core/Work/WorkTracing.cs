using System.Diagnostics;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Telemetry;

namespace KlaviyoRelay.Core.Work;

/// <summary>The activities of messages.</summary>
internal static class WorkTracing
{
    /// <summary>Sends a webhook's events; their messages carry this activity's context.</summary>
    public static Activity? Send(string queue, IReadOnlyList<ConversationEvent> events) =>
        RelayTracing.Send(queue, events.Count, events is [var only] ? only.Id : null);

    /// <summary>Works on a batch, with a link to each message's trace.</summary>
    public static Activity? Process(string queue, IReadOnlyList<RelayMessage> messages) =>
        RelayTracing.Process(queue, messages.Count, messages.Select(message => message.Trace));

    /// <summary>Does something for one message, in that message's trace, with a link to the batch.</summary>
    public static Activity? For(string name, RelayMessage message) =>
        RelayTracing.For(name, message.Trace, message.Event.Id, message.Event.Connection, message.Event.Account);

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
