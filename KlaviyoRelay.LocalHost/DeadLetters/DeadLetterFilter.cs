using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.LocalHost.DeadLetters;

internal sealed record DeadLetterFilter
{
    public static readonly IReadOnlyList<string> AllQueues = [QueueNames.DeadLetterThrottled, QueueNames.DeadLetterRejected];

    public IReadOnlyList<string> Queues { get; init; } = AllQueues;

    /// <summary>By their names, the relay's and Service Bus's; empty for all.</summary>
    public IReadOnlySet<string> Reasons { get; init; } = new HashSet<string>();

    public string? Connection { get; init; }

    public string? Account { get; init; }

    /// <summary>The event's id, in whole; null for all.</summary>
    public string? Id { get; init; }

    /// <summary>How the ids of some events begin; empty for all.</summary>
    public IReadOnlyList<string> IdPrefixes { get; init; } = [];

    /// <summary>Not what failed last, or was sent where that is not known, before this time; null for all.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Not what failed last, or was sent where that is not known, after this time; null for all.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Not more than so many letters; null for all.</summary>
    public int? Max { get; init; }

    public bool Matches(FoundMessage found) =>
        (Reasons.Count == 0 || Reasons.Contains(found.Reason))
        && (Connection is null || Connection == found.Work?.Connection)
        && (Account is null || Account == found.Work?.Account)
        && (Id is null || Id == found.Id)
        && (IdPrefixes.Count == 0 || IdPrefixes.Any(prefix => found.Id.StartsWith(prefix, StringComparison.Ordinal)))
        && (Since is null || found.Time >= Since)
        && (Until is null || found.Time <= Until);
}
