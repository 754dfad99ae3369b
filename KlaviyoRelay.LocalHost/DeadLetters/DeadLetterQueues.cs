using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.LocalHost.DeadLetters;

/// <summary>The dead-letter queues by the names that operators give them: the relay's two, and those in which Service Bus puts messages away.</summary>
internal static class DeadLetterQueues
{
    public const string Throttled = "throttled";
    public const string Rejected = "rejected";

    private const string PutAwayPrefix = "put-away-";
    private const string PutAwayPath = "/$DeadLetterQueue";

    private static readonly Dictionary<string, string> QueuesByName = new()
    {
        [Throttled] = QueueNames.DeadLetterThrottled,
        [Rejected] = QueueNames.DeadLetterRejected,
        [$"{PutAwayPrefix}events"] = QueueNames.ConversationEvents + PutAwayPath,
        [$"{PutAwayPrefix}records"] = QueueNames.Records + PutAwayPath,
        [$"{PutAwayPrefix}{Throttled}"] = QueueNames.DeadLetterThrottled + PutAwayPath,
        [$"{PutAwayPrefix}{Rejected}"] = QueueNames.DeadLetterRejected + PutAwayPath,
    };

    public static IReadOnlyList<string> PutAway { get; } = [.. QueuesByName.Keys.Where(IsPutAwayName)];

    public static string NameOf(string queue) => QueuesByName.First(pair => pair.Value == queue).Key;

    public static string OfName(string name) => QueuesByName[name];

    public static bool IsPutAwayName(string name) => name.StartsWith(PutAwayPrefix, StringComparison.Ordinal);

    public static bool IsPutAway(string queue) => queue.EndsWith(PutAwayPath, StringComparison.Ordinal);

    /// <summary>The queue whose messages are put away in a queue.</summary>
    public static string SourceOf(string putAway) => putAway[..^PutAwayPath.Length];
}
