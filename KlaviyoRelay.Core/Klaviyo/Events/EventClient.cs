using System.Globalization;
using System.Text.Json;
using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Core.Klaviyo.Events;

/// <summary>Something that happened to a profile.</summary>
/// <param name="Metric">The metric's name.</param>
/// <param name="At">When.</param>
/// <param name="Properties">The event's properties; an object, or nothing.</param>
public sealed record ProfileEvent(string Metric, DateTimeOffset At, JsonElement? Properties)
{
    /// <summary>A property that is a text; null when it is none.</summary>
    public string? Text(string name) =>
        Properties is { ValueKind: JsonValueKind.Object } properties && properties.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>An event as Klaviyo returns it.</summary>
public sealed record EventAttributes
{
    /// <summary>When it happened, in seconds since 1970.</summary>
    public long? Timestamp { get; set; }

    public JsonElement? EventProperties { get; set; }
}

/// <summary>Reads events (developers.klaviyo.com, Get Events).</summary>
public sealed class EventClient(KlaviyoApi klaviyo)
{
    private const string Events = "api/events";
    private const string LastOfProfile = "sort=-datetime&include=metric&fields%5Bevent%5D=datetime%2Cevent_properties&fields%5Bmetric%5D=name&page%5Bsize%5D=200";

    // The most that Klaviyo gives at once.
    private const int PageSize = 1000;

    /// <summary>The last 200 events of a profile, the newest first.</summary>
    public async Task<Result<IReadOnlyList<ProfileEvent>>> LastAsync(KlaviyoAccount account, string profile, BatchBudget budget, CancellationToken cancellationToken)
    {
        var filter = Uri.EscapeDataString($"equals(profile_id,\"{profile.Replace("\"", "", StringComparison.Ordinal)}\")");
        var call = new KlaviyoCall(account, Lane.Insights, KlaviyoEndpoint.ReadEvents, HttpMethod.Get, $"{Events}?filter={filter}&{LastOfProfile}") { Route = Events };
        var page = await klaviyo.ReadAsync(call, KlaviyoResourcesJsonContext.Default.EventsAnswer, budget, cancellationToken);
        return !page.IsSuccess ? Result.Failed<IReadOnlyList<ProfileEvent>>(page.Failure)
            : page.Value.Data is null ? Result.Failed<IReadOnlyList<ProfileEvent>>(KlaviyoApi.Unreadable)
            : Result.Of<IReadOnlyList<ProfileEvent>>([.. page.Value.Events]);
    }

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
