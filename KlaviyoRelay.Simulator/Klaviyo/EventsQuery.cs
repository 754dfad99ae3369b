using System.Text.Json;
using KlaviyoRelay.Simulator.Http;
using KlaviyoRelay.Simulator.Klaviyo.Documents;
using KlaviyoRelay.Simulator.Klaviyo.Queries;
using KlaviyoRelay.Simulator.Klaviyo.Recording;

namespace KlaviyoRelay.Simulator.Klaviyo;

/// <summary><c>GET /api/events</c>.</summary>
internal static class EventsQuery
{
    private const string FilterParameter = "filter";
    private const string MetricFields = "fields[metric]";
    private const string Include = "include";

    private static readonly QueryRules Rules = new("event", ["timestamp", "event_properties", "datetime", "uuid"])
    {
        DefaultPage = 200,
        LargestPage = 1000,
        HasOwnFilter = true,
        Sorts = ["datetime", "-datetime", "timestamp", "-timestamp"],
        Others = [MetricFields, Include],
        NotSimulated = ["fields[profile]", "fields[attribution]"],
    };

    public static Answer Many(KlaviyoCall call)
    {
        if (!ResourceQuery.TryRead(call.Request, Rules, out var query, out var problem))
        {
            return problem.ToAnswer();
        }

        if (EventFilter.Parse(call.Request.Query[FilterParameter]) is not { } filter)
        {
            return KlaviyoErrors.InvalidParameter("The filter can't be read, or is not simulated: equals of metric_id and profile_id, comparisons of datetime", FilterParameter).ToAnswer();
        }

        var include = call.Request.Query[Include] is [{ Length: > 0 } asked, ..] ? asked : null;
        if (include is not (null or "metric"))
        {
            return KlaviyoErrors.InvalidParameter($"'{include}' is Klaviyo's, but not simulated", Include).ToAnswer();
        }

        return call.Account.Use(data =>
        {
            var found = data.Events.Where(recorded => filter.IsMetBy(recorded, id => data.Metrics.Find(id)?.Name));
            var sorted = query.Sort?.StartsWith('-') == false ? found.OrderBy(recorded => recorded.Event.Time) : found.OrderByDescending(recorded => recorded.Event.Time);
            return Answer(query, Page.Of([.. sorted], query), data, include is not null);
        });
    }

    public static JsonElement PropertiesOf(RecordedEvent recorded) => recorded.Event.Properties.Length > 0 ? JsonElement.Parse(recorded.Event.Properties.Span) : default;

    private static Answer Answer(ResourceQuery query, Page<RecordedEvent> page, AccountData data, bool withMetrics) => JsonBytes.Answer(
        200,
        json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("data");
            foreach (var recorded in page.Items)
            {
                Write(json, query, data, recorded);
            }

            json.WriteEndArray();
            json.WriteStartObject("links");
            json.WriteString("self", query.Self);
            json.WriteString("next", query.Next(page.Next));
            json.WriteNull("prev");
            json.WriteEndObject();
            if (withMetrics)
            {
                json.WriteStartArray("included");
                foreach (var metric in page.Items.Select(recorded => recorded.Event.Metric).Distinct(StringComparer.Ordinal))
                {
                    WriteMetric(json, query, data.Metrics.IdOf(metric) ?? "", metric);
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        },
        KlaviyoError.ContentType);

    private static void WriteMetric(Utf8JsonWriter json, ResourceQuery query, string id, string name)
    {
        json.WriteStartObject();
        json.WriteString("type", "metric");
        json.WriteString("id", id);
        json.WriteStartObject("attributes");
        json.WriteString("name", name);
        json.WriteEndObject();
        json.WriteStartObject("links");
        json.WriteString("self", $"{query.BaseAddress}/api/metrics/{id}/");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ResourceQuery query, AccountData data, RecordedEvent recorded)
    {
        var id = ShortId.Of(recorded.Account, "event", $"{recorded.ProfileId} {recorded.Event.Metric} {recorded.UniqueId}");
        json.WriteStartObject();
        json.WriteString("type", "event");
        json.WriteString("id", id);
        json.WriteStartObject("attributes");
        foreach (var field in query.Fields)
        {
            switch (field)
            {
                case "timestamp":
                    json.WriteNumber(field, recorded.Event.Time.ToUnixTimeSeconds());
                    break;
                case "datetime":
                    json.WriteString(field, recorded.Event.Time);
                    break;
                case "event_properties":
                    json.WritePropertyName(field);
                    json.WriteRawValue(recorded.Event.Properties.Length > 0 ? recorded.Event.Properties.Span : "{}"u8, skipInputValidation: true);
                    break;
                default:
                    json.WriteString(field, id);
                    break;
            }
        }

        json.WriteEndObject();
        json.WriteStartObject("relationships");
        WriteRelation(json, "profile", recorded.ProfileId);
        WriteRelation(json, "metric", data.Metrics.IdOf(recorded.Event.Metric) ?? "");
        json.WriteEndObject();
        json.WriteStartObject("links");
        json.WriteString("self", $"{query.BaseAddress}/api/events/{id}/");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteRelation(Utf8JsonWriter json, string type, string id)
    {
        json.WriteStartObject(type);
        json.WritePropertyName("data");
        ResourceDocument.WriteIdentity(json, type, id);
        json.WriteEndObject();
    }
}
