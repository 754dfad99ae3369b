using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.LocalHost.DeadLetters;

/// <summary>Which letters a command is about.</summary>
internal sealed record DeadLetterFilter
{
    public static readonly IReadOnlyList<string> AllQueues = [QueueNames.DeadLetterThrottled, QueueNames.DeadLetterRejected];

    public IReadOnlyList<string> Queues { get; init; } = AllQueues;

    /// <summary>Empty for all.</summary>
    public IReadOnlySet<DeadLetterReason> Reasons { get; init; } = new HashSet<DeadLetterReason>();

    public string? Connection { get; init; }

    public string? Account { get; init; }

    /// <summary>The event's id, in whole; null for all.</summary>
    public string? Id { get; init; }

    /// <summary>How the event's id begins.</summary>
    public string IdPrefix { get; init; } = "";

    /// <summary>How the ids of some events begin; empty for all.</summary>
    public IReadOnlyList<string> IdPrefixes { get; init; } = [];

    /// <summary>Not what failed last before this time; null for all.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Not what failed last after this time; null for all.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Not more than so many letters; null for all.</summary>
    public int? Max { get; init; }

    public bool Matches(DeadLetter letter) =>
        (Reasons.Count == 0 || Reasons.Contains(letter.Reason))
        && (Connection is null || Connection == letter.Event.Connection)
        && (Account is null || Account == letter.Event.Account)
        && (Id is null || Id == letter.Event.Id)
        && letter.Event.Id.StartsWith(IdPrefix, StringComparison.Ordinal)
        && (IdPrefixes.Count == 0 || IdPrefixes.Any(prefix => letter.Event.Id.StartsWith(prefix, StringComparison.Ordinal)))
        && (Since is null || letter.LastFailureAt >= Since)
        && (Until is null || letter.LastFailureAt <= Until);
}
