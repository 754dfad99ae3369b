using System.Globalization;
using System.Text.Json;
using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Core.Klaviyo.Events;

/// <summary>An event as Klaviyo returns it.</summary>
public sealed record EventAttributes
{
    /// <summary>When it happened, in seconds since 1970.</summary>
    public long? Timestamp { get; set; }

    public JsonElement? EventProperties { get; set; }
}

/// <summary>Reads the events of a metric, the oldest first (developers.klaviyo.com, Get Events).</summary>
public sealed class EventClient(KlaviyoApi klaviyo)
{
    private const string Events = "api/events";

    // The most that Klaviyo gives at once.
    private const int PageSize = 1000;

    /// <summary>The path of the first page of a metric's events in a span of time.</summary>
    public static string PathOf(string metric, DateTimeOffset from, DateTimeOffset before)
    {
        var filter = $"equals(metric_id,\"{metric.Replace("\"", "", StringComparison.Ordinal)}\"),greater-or-equal(datetime,{Time(from)}),less-than(datetime,{Time(before)})";
        return string.Create(CultureInfo.InvariantCulture, $"{Events}?fields%5Bevent%5D=timestamp%2Cevent_properties&page%5Bsize%5D={PageSize}&sort=datetime&filter={Uri.EscapeDataString(filter)}");
    }

    /// <summary>One page. Its link leads to the next one.</summary>
    /// <param name="account">Whose key and limits to use.</param>
    /// <param name="path">What <see cref="PathOf"/> said, or the link of the page before.</param>
    /// <param name="budget">The time that is left.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public Task<Result<KlaviyoPage<EventAttributes>>> ReadPageAsync(KlaviyoAccount account, string path, BatchBudget budget, CancellationToken cancellationToken) => klaviyo.ReadPageAsync(
        new KlaviyoCall(account, Lane.Audit, KlaviyoEndpoint.ReadEvents, HttpMethod.Get, path) { Route = Events }, KlaviyoResourcesJsonContext.Default.KlaviyoPageEventAttributes, budget, cancellationToken);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
