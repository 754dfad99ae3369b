using System.Text.Json.Serialization;

namespace KlaviyoRelay.Core.Audit.Leaks;

/// <summary>What kind of message it was.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LeakNature>))]
public enum LeakNature
{
    /// <summary>A filter would have stopped it.</summary>
    [JsonStringEnumMemberName("marketing")]
    Marketing,

    /// <summary>The conversation itself started the flow, on purpose.</summary>
    [JsonStringEnumMemberName("by-our-own-events")]
    ByOurOwnEvents,

    /// <summary>The flow calls it transactional.</summary>
    [JsonStringEnumMemberName("transactional")]
    Transactional,
}

/// <summary>What customers in conversation got of one message.</summary>
/// <param name="Kind"><c>flow</c> or <c>campaign</c>.</param>
/// <param name="Id">Klaviyo's id of the flow, or of the campaign's message.</param>
/// <param name="Name">The name of the flow or campaign.</param>
/// <param name="Message">The name of the flow's message; null for a campaign.</param>
/// <param name="Nature">What kind of message it is.</param>
/// <param name="Messages">How many arrived.</param>
/// <param name="Profiles">Klaviyo's ids of the profiles that got one.</param>
public sealed record LeakItem(string Kind, string Id, string Name, string? Message, LeakNature Nature, int Messages, IReadOnlyList<string> Profiles);

/// <summary>How much marketing went to customers in conversation on a day (UTC).</summary>
public sealed record LeakDay(DateOnly Day, int Messages);

/// <summary>Everything that customers in conversation got in a time. Ids and counts only.</summary>
/// <param name="Account">The account's name in the settings.</param>
/// <param name="Connections">The connections whose conversations were looked at.</param>
/// <param name="Since">From when on.</param>
/// <param name="Until">Until when.</param>
/// <param name="Conversations">How many conversations began.</param>
/// <param name="Sent">How many messages went out in all.</param>
/// <param name="Requests">How many requests it took.</param>
/// <param name="Items">Marketing first, then the most.</param>
/// <param name="Days">Every day of the time.</param>
public sealed record LeakReport(
    string Account,
    IReadOnlyList<string> Connections,
    DateTimeOffset Since,
    DateTimeOffset Until,
    int Conversations,
    long Sent,
    int Requests,
    [property: JsonPropertyOrder(1)] IReadOnlyList<LeakItem> Items,
    [property: JsonPropertyOrder(1)] IReadOnlyList<LeakDay> Days)
{
    /// <summary>Marketing messages to customers in conversation.</summary>
    public int Messages => Marketing.Sum(item => item.Messages);

    /// <summary>The profiles that got one.</summary>
    public int Profiles => Marketing.SelectMany(item => item.Profiles).Distinct(StringComparer.Ordinal).Count();

    public bool Ok => Messages == 0;

    private IEnumerable<LeakItem> Marketing => Items.Where(item => item.Nature == LeakNature.Marketing);

    public static LeakReport Of(LeakState state, IReadOnlyList<string> connections, IReadOnlyDictionary<string, LeakSource> flows)
    {
        var items = state.Leaks.Select(leak => (Leak: leak, Item: ItemOf(leak, leak.Flow is { } flow ? flows.GetValueOrDefault(flow) : null))).ToList();
        var marketing = items.Where(one => one.Item.Nature == LeakNature.Marketing).SelectMany(one => one.Leak.Days).ToLookup(day => day.Key, day => day.Value);
        var (first, last) = (DateOnly.FromDateTime(state.Since.UtcDateTime), DateOnly.FromDateTime(state.Until.UtcDateTime));
        return new LeakReport(
            state.Account,
            connections,
            state.Since,
            state.Until,
            state.Conversations,
            state.Messages,
            state.Requests,
            [.. items.Select(one => one.Item).OrderBy(item => item.Nature).ThenByDescending(item => item.Messages).ThenBy(item => item.Name, StringComparer.Ordinal)],
            [.. Enumerable.Range(0, last.DayNumber - first.DayNumber + 1).Select(day => new LeakDay(first.AddDays(day), marketing[first.AddDays(day)].Sum()))]);
    }

    private static LeakItem ItemOf(LeakCount leak, LeakSource? flow)
    {
        string[] profiles = [.. leak.Profiles.Order(StringComparer.Ordinal)];
        if (leak.Flow is not { } id)
        {
            return new LeakItem("campaign", leak.Message ?? "", leak.Name ?? leak.Message ?? "", null, LeakNature.Marketing, leak.Messages, profiles);
        }

        var (message, isTransactional) = leak.Message is { } one && flow?.Messages.TryGetValue(one, out var found) == true ? found : (leak.Name ?? leak.Message ?? "", false);
        var nature = isTransactional ? LeakNature.Transactional : flow?.IsByOurOwnEvents == true ? LeakNature.ByOurOwnEvents : LeakNature.Marketing;
        return new LeakItem(FlowJudge.Kind, id, flow?.Name ?? id, message, nature, leak.Messages, profiles);
    }
}
