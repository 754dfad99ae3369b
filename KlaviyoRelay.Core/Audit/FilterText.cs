using System.Globalization;
using KlaviyoRelay.Core.Helpdesks;

namespace KlaviyoRelay.Core.Audit;

/// <summary>The filter to add, in the words of Klaviyo's editor (docs/klaviyo.md has it with the reasons).</summary>
public static class FilterText
{
    /// <summary>For a flow or its messages.</summary>
    public static string OfFlow(IEnumerable<Connection> connections) =>
        $"Add to the flow's profile filters, or to the filters of each of these messages: {string.Join(" AND ", connections.Select(Filter))}.";

    /// <summary>For a campaign.</summary>
    public static string OfCampaign(IEnumerable<Connection> connections) =>
        $"Put under Don't send to: a segment of customers with {string.Join(" OR ", connections.Select(Segment))}.";

    private static string Filter(Connection connection) =>
        string.Join(" AND ", Openings(connection).Select(metric => connection.ProfileProperty is { } flag
            ? $"(`{flag}` is false OR `{flag}` is not set OR has `{metric}` {ZeroTimes})"
            : $"has `{metric}` {ZeroTimes}"));

    private static string Segment(Connection connection)
    {
        var metrics = string.Join(" OR ", Openings(connection).Select(metric => $"has `{metric}` at least once {InTheLast}"));
        return connection.ProfileProperty is { } flag ? $"(`{flag}` is true AND ({metrics}))" : $"({metrics})";
    }

    private static string ZeroTimes => $"zero times {InTheLast}";

    private static string InTheLast => string.Create(CultureInfo.InvariantCulture, $"in the last {CustomerInConversation.GuardDays} days");

    private static IEnumerable<string> Openings(Connection connection) =>
        [connection.MetricFor(ConversationEventKind.Opened), connection.MetricFor(ConversationEventKind.Reopened)];
}
