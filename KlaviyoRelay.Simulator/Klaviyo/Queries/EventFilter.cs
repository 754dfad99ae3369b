using System.Globalization;
using System.Text.RegularExpressions;
using KlaviyoRelay.Simulator.Klaviyo.Recording;

namespace KlaviyoRelay.Simulator.Klaviyo.Queries;

/// <summary>The filter of events: conditions by commas, each of which has to be met.</summary>
internal sealed partial class EventFilter
{
    private readonly List<(string Operator, string Field, string Value, DateTimeOffset Time)> _conditions = [];

    /// <summary>Null when it can't be read.</summary>
    public static EventFilter? Parse(string? text)
    {
        var filter = new EventFilter();
        for (var rest = text ?? ""; rest.Length > 0;)
        {
            if (Condition().Match(rest) is not { Success: true } match)
            {
                return null;
            }

            var (field, value) = (match.Groups["field"].Value, match.Groups["value"].Value);
            if (!DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) && field == "datetime")
            {
                return null;
            }

            filter._conditions.Add((match.Groups["operator"].Value, field, value, time));
            rest = rest[match.Length..];
        }

        return filter;
    }

    public bool IsMetBy(RecordedEvent recorded, Func<string, string?> metricOf) => _conditions.TrueForAll(condition => condition.Field switch
    {
        "metric_id" => metricOf(condition.Value) == recorded.Event.Metric,
        "profile_id" => condition.Value == recorded.ProfileId,
        _ => Compare(condition.Operator, recorded.Event.Time.CompareTo(condition.Time)),
    });

    private static bool Compare(string name, int difference) => name switch
    {
        "greater-or-equal" => difference >= 0,
        "greater-than" => difference > 0,
        "less-or-equal" => difference <= 0,
        _ => difference < 0,
    };

    [GeneratedRegex("""^(?:(?<operator>equals)\((?<field>metric_id|profile_id),(?<quote>["'])(?<value>[A-Za-z0-9]+)\k<quote>\)|(?<operator>greater-or-equal|greater-than|less-or-equal|less-than)\((?<field>datetime),(?<value>[-0-9T:.Z+]+)\))(?:,|$)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Condition();
}
