using KlaviyoRelay.Core.Helpdesks;

namespace KlaviyoRelay.Core.Audit;

/// <summary>
/// A customer who is in a conversation for less than <see cref="Guard"/>: the flag is true, and one of two metrics has an
/// event in this time. Which of the two is not known, so that both kinds of customer have to be kept out.
/// </summary>
/// <param name="Connection">The connection of the conversation.</param>
/// <param name="Metric">The id of the metric that certainly has an event; null when Klaviyo does not know the metric yet.</param>
public sealed record CustomerInConversation(Connection Connection, string? Metric)
{
    public const int GuardDays = 14;

    public static TimeSpan Guard { get; } = TimeSpan.FromDays(GuardDays);

    public bool HasFlag(string property) => Connection.ProfileProperty is { } flag && flag == property;
}

/// <summary>What the relay sends to an account, in the account's own ids.</summary>
/// <param name="Customers">Every kind of customer in conversation.</param>
/// <param name="OwnMetrics">The names of the relay's metrics by their ids.</param>
public sealed record AuditedAccount(IReadOnlyList<CustomerInConversation> Customers, IReadOnlyDictionary<string, string> OwnMetrics)
{
    private static readonly ConversationEventKind[] Openings = [ConversationEventKind.Opened, ConversationEventKind.Reopened];

    /// <param name="connections">Those that feed the account.</param>
    /// <param name="metrics">The account's metrics: names by ids.</param>
    public static AuditedAccount Of(IReadOnlyList<Connection> connections, IReadOnlyDictionary<string, string> metrics)
    {
        var own = connections.SelectMany(connection => Enum.GetValues<ConversationEventKind>().Select(connection.MetricFor)).ToHashSet(StringComparer.Ordinal);
        return new AuditedAccount(
            [.. connections.SelectMany(connection => Openings.Select(kind => new CustomerInConversation(connection, IdOf(connection.MetricFor(kind)))))],
            metrics.Where(metric => own.Contains(metric.Value)).ToDictionary(StringComparer.Ordinal));

        string? IdOf(string name) => metrics.Where(metric => metric.Value == name).Select(metric => metric.Key).FirstOrDefault();
    }
}
