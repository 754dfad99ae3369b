using KlaviyoRelay.Core.Helpdesks;

namespace KlaviyoRelay.Core.Audit.Leaks;

/// <summary>What an event says of a customer.</summary>
public enum LeakRole
{
    /// <summary>A conversation began, or began again.</summary>
    Opened,

    /// <summary>A conversation ended, or went to another account.</summary>
    Closed,

    /// <summary>A message arrived.</summary>
    Received,
}

/// <summary>A metric that leaks are found with.</summary>
/// <param name="Id">Its id in the account.</param>
/// <param name="Role">What its events say.</param>
/// <param name="Connection">Whose conversations; null for messages.</param>
/// <param name="ConversationProperty">The event property that tells conversations apart; null where there is none.</param>
public sealed record LeakMetric(string Id, LeakRole Role, string? Connection, string? ConversationProperty)
{
    // Klaviyo's own metrics are Received Email, Received SMS, Received Push and the like. The answer to a text message of
    // the customer's own is not marketing.
    private const string Received = "Received ";
    private const string Answer = "Automated Response";

    /// <param name="connections">Those that feed the account.</param>
    /// <param name="ofApi">The account's metrics of events that come by the API: names by ids.</param>
    /// <param name="ofKlaviyo">Those of Klaviyo's own events.</param>
    public static IReadOnlyList<LeakMetric> Of(IEnumerable<Connection> connections, IReadOnlyDictionary<string, string> ofApi, IReadOnlyDictionary<string, string> ofKlaviyo) =>
    [
        .. connections.SelectMany(connection => Of(connection, ofApi)),
        .. ofKlaviyo.Where(metric => metric.Value.StartsWith(Received, StringComparison.Ordinal) && !metric.Value.Contains(Answer, StringComparison.Ordinal))
            .Select(metric => new LeakMetric(metric.Key, LeakRole.Received, null, null)),
    ];

    private static IEnumerable<LeakMetric> Of(Connection connection, IReadOnlyDictionary<string, string> metrics)
    {
        (string Name, LeakRole Role)[] own =
        [
            (connection.MetricFor(ConversationEventKind.Opened), LeakRole.Opened),
            (connection.MetricFor(ConversationEventKind.Reopened), LeakRole.Opened),
            (connection.MetricFor(ConversationEventKind.Closed), LeakRole.Closed),
            (connection.MovedMetric, LeakRole.Closed),
        ];
        return own.SelectMany(one => metrics.Where(metric => metric.Value == one.Name)
            .Select(metric => new LeakMetric(metric.Key, one.Role, connection.Name, connection.SendsProperties ? connection.Options.Properties.ConversationId : null)));
    }
}
