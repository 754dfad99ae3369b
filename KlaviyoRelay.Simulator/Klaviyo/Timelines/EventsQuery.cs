using System.Text.Json;
using KlaviyoRelay.Simulator.Http;
using KlaviyoRelay.Simulator.Klaviyo.Flows;
using KlaviyoRelay.Simulator.Klaviyo.Queries;

namespace KlaviyoRelay.Simulator.Klaviyo.Timelines;

/// <summary><c>GET /api/events</c> of one profile, with the metrics beside the events where they are asked for.</summary>
internal static class EventsQuery
{
    private const string MetricFields = "fields[metric]";
    private const string Include = "include";

    private static readonly QueryRules Rules = new("event", ["timestamp", "event_properties", "datetime", "uuid"])
    {
        DefaultPage = 200,
        LargestPage = 1000,
        Filters = [new FilterRule("profile_id", "equals")],
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

        var include = call.Request.Query[Include] is [{ Length: > 0 } asked, ..] ? asked : null;
        if (include is not (null or "metric"))
        {
            return KlaviyoErrors.InvalidParameter($"'{include}' is Klaviyo's, but not simulated", Include).ToAnswer();
        }

        if (query.Filter is not { } filter)
        {
            return KlaviyoErrors.InvalidParameter("Events of all profiles are Klaviyo's, but not simulated: filter by profile_id", "filter").ToAnswer();
        }

        return call.Account.Use(data =>
        {
            var events = filter.Values.SelectMany(data.Timelines.Of).OrderBy(one => one.Time).ToList();
            if (query.Sort is not ("datetime" or "timestamp"))
            {
                events.Reverse();
            }

            var page = Page.Of(events, query);
            return Write(query, page, data.Metrics, include is not null);
        });
    }

    private static Answer Write(ResourceQuery query, Page<TimelineEvent> page, MetricIndex metrics, bool withMetrics) => JsonBytes.Answer(
        200,
        json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("data");
            foreach (var one in page.Items)
            {
                Write(json, query, one, metrics.IdOf(one.Metric));
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
                foreach (var metric in page.Items.Select(one => one.Metric).Distinct(StringComparer.Ordinal))
                {
                    WriteMetric(json, query, metrics.IdOf(metric), metric);
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        },
        KlaviyoError.ContentType);

    private static void Write(Utf8JsonWriter json, ResourceQuery query, TimelineEvent one, string metricId)
    {
        var self = $"{query.BaseAddress}/api/events/{one.Id}/";
        json.WriteStartObject();
        json.WriteString("type", "event");
        json.WriteString("id", one.Id);
        json.WriteStartObject("attributes");
        foreach (var field in query.Fields)
        {
            WriteAttribute(json, one, field);
        }

        json.WriteEndObject();
        json.WriteStartObject("relationships");
        json.WriteStartObject("metric");
        json.WriteStartObject("data");
        json.WriteString("type", "metric");
        json.WriteString("id", metricId);
        json.WriteEndObject();
        json.WriteStartObject("links");
        json.WriteString("self", $"{self}relationships/metric/");
        json.WriteString("related", $"{self}metric/");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject("links");
        json.WriteString("self", self);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteAttribute(Utf8JsonWriter json, TimelineEvent one, string field)
    {
        switch (field)
        {
            case "timestamp":
                json.WriteNumber(field, one.Time.ToUnixTimeSeconds());
                break;
            case "datetime":
                json.WriteString(field, one.Time);
                break;
            case "uuid":
                json.WriteString(field, one.Id);
                break;
            case "event_properties":
                json.WritePropertyName(field);
                json.WriteRawValue(one.Properties.IsEmpty ? "{}"u8 : one.Properties.Span, skipInputValidation: true);
                break;
        }
    }

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
}
