using System.Text.Json.Nodes;
using KlaviyoRelay.Core.Klaviyo.Campaigns;

namespace KlaviyoRelay.Core.Campaigns.Figures;

/// <summary>Asks Klaviyo for the figures of all campaigns of a time (developers.klaviyo.com, Query Campaign Values).</summary>
public static class PerformanceRequest
{
    public const string Default = "last_30_days";

    /// <summary>What is asked for, in the order in which it is shown.</summary>
    public static IReadOnlyList<string> Statistics { get; } =
    [
        "recipients", "delivered", "bounced", "opens_unique", "open_rate", "clicks_unique", "click_rate", "unsubscribes", "spam_complaints", "conversions", "conversion_rate", "conversion_value",
    ];

    /// <summary>Klaviyo's words for times.</summary>
    public static IReadOnlyList<string> Timeframes { get; } =
    [
        "today", "yesterday", "this_week", "last_7_days", "last_week", "this_month", Default, "last_month", "last_90_days", "last_3_months", "last_365_days", "last_12_months", "this_year", "last_year",
    ];

    /// <summary>The body.</summary>
    /// <param name="timeframe">One of <see cref="Timeframes"/>.</param>
    /// <param name="metric">The id of the metric that counts as conversion.</param>
    public static ReadOnlyMemory<byte> Write(string timeframe, string metric) => NewCampaign.Resource("campaign-values-report", id: null, ("attributes", new JsonObject
    {
        ["statistics"] = new JsonArray([.. Statistics.Select(one => (JsonNode?)JsonValue.Create(one))]),
        ["timeframe"] = new JsonObject { ["key"] = timeframe },
        ["conversion_metric_id"] = metric,
        ["group_by"] = new JsonArray("campaign_id", "campaign_message_id"),
    }));
}
