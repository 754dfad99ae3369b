using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.LocalHost.DeadLetters;

/// <summary>The dead-letter queues by the names that operators give them.</summary>
internal static class DeadLetterQueues
{
    public const string Throttled = "throttled";
    public const string Rejected = "rejected";

    public static string NameOf(string queue) => queue == QueueNames.DeadLetterThrottled ? Throttled : Rejected;

    public static string OfName(string name) => name == Throttled ? QueueNames.DeadLetterThrottled : QueueNames.DeadLetterRejected;
}
