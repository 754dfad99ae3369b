using System.Text.Json;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Klaviyo.Conditions;
using KlaviyoRelay.Core.Klaviyo.Segments;

namespace KlaviyoRelay.Core.Audit.Segments;

/// <summary>A segment that an account should have.</summary>
/// <param name="Name">Its name in Klaviyo.</param>
/// <param name="Definition">What makes a profile its member; null when that can't be said yet.</param>
/// <param name="Note">What is missing, and what to do; null when nothing is.</param>
public sealed record WantedSegment(string Name, JsonElement? Definition, string? Note = null)
{
    // Without the property a segment can't tell which event came last, so it looks back a short time only (docs/klaviyo.md).
    private const int DaysWithoutFlag = 3;

    private const int UnhappyDays = 30;

    private const int UnhappyRating = 2;

    /// <summary>The segments for the conversations of some connections.</summary>
    /// <param name="connections">The connections that feed the account.</param>
    /// <param name="metrics">The account's metrics: names by ids.</param>
    public static IEnumerable<WantedSegment> Of(IEnumerable<Connection> connections, IReadOnlyDictionary<string, string> metrics) =>
        connections.SelectMany(connection => Of(connection, name => metrics.Where(metric => metric.Value == name).Select(metric => metric.Key).FirstOrDefault()));

    private static WantedSegment[] Of(Connection connection, Func<string, string?> idOf)
    {
        string? Metric(ConversationEventKind kind) => idOf(connection.MetricFor(kind));
        var (started, reopened, closed) = (Metric(ConversationEventKind.Opened), Metric(ConversationEventKind.Reopened), Metric(ConversationEventKind.Closed));
        var (inside, outside) = (ConversationSegments.InConversation(connection.Name), $"Not in conversation ({connection.Name})");
        WantedSegment[] conversations = (connection.ProfileProperty, started, reopened, closed) switch
        {
            ({ } flag, { } first, { } again, _) =>
            [
                new(inside, ConditionWriter.Groups([ConditionWriter.IsFlag(flag, true)], [ConditionWriter.AtLeastOnce(first, CustomerInConversation.GuardDays), ConditionWriter.AtLeastOnce(again, CustomerInConversation.GuardDays)])),
                new(outside, ConditionWriter.Groups(
                    [ConditionWriter.IsFlag(flag, false), ConditionWriter.IsNotSet(flag), ConditionWriter.ZeroTimes(first, CustomerInConversation.GuardDays)],
                    [ConditionWriter.IsFlag(flag, false), ConditionWriter.IsNotSet(flag), ConditionWriter.ZeroTimes(again, CustomerInConversation.GuardDays)])),
            ],
            ({ } flag, _, _, _) =>
            [
                new(inside, ConditionWriter.Groups([ConditionWriter.IsFlag(flag, true)]), WithoutGuard(connection, started, reopened)),
                new(outside, ConditionWriter.Groups([ConditionWriter.IsFlag(flag, false), ConditionWriter.IsNotSet(flag)]), WithoutGuard(connection, started, reopened)),
            ],
            (null, { } first, _, { } last) =>
            [
                new(inside, ConditionWriter.Groups([ConditionWriter.AtLeastOnce(first, DaysWithoutFlag)], [ConditionWriter.ZeroTimes(last, DaysWithoutFlag)])),
                new(outside, ConditionWriter.Groups([ConditionWriter.ZeroTimes(first, DaysWithoutFlag), ConditionWriter.AtLeastOnce(last, DaysWithoutFlag)])),
            ],
            _ => [new(inside, null, Missing(connection, ConversationEventKind.Opened, ConversationEventKind.Closed)), new(outside, null, Missing(connection, ConversationEventKind.Opened, ConversationEventKind.Closed))],
        };
        return [.. conversations, Unhappy(connection, Metric(ConversationEventKind.Rated))];
    }

    private static WantedSegment Unhappy(Connection connection, string? rated)
    {
        var name = $"Unhappy lately ({connection.Name})";
        return !connection.SendsProperties ? new(name, null, $"{connection.Helpdesk.Title} tells the relay of no ratings.")
            : rated is null ? new(name, null, $"Klaviyo has no event `{connection.MetricFor(ConversationEventKind.Rated)}` yet: have a test conversation rated, then run this again.")
            : new(name, ConditionWriter.Groups([ConditionWriter.AtLeastOnceAtMost(rated, UnhappyDays, connection.Options.Properties.Rating, UnhappyRating)]));
    }

    private static string WithoutGuard(Connection connection, string? started, string? reopened)
    {
        var missing = new[] { (started, connection.MetricFor(ConversationEventKind.Opened)), (reopened, connection.MetricFor(ConversationEventKind.Reopened)) }.Where(metric => metric.Item1 is null).Select(metric => $"`{metric.Item2}`");
        return $"By the property alone, without the guard of {CustomerInConversation.GuardDays} days: Klaviyo has no event {string.Join(" and ", missing)} yet. Open, close and reopen a test conversation, then repair the segment.";
    }

    private static string Missing(Connection connection, params IEnumerable<ConversationEventKind> kinds) =>
        $"Klaviyo lacks events of {string.Join(" and ", kinds.Select(kind => $"`{connection.MetricFor(kind)}`"))}: open and close a test conversation, then run this again. Or set {connection.Setting}__ProfileProperty.";
}
