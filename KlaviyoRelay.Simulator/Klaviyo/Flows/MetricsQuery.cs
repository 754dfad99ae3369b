using System.Text.Json;
using KlaviyoRelay.Simulator.Http;
using KlaviyoRelay.Simulator.Klaviyo.Documents;
using KlaviyoRelay.Simulator.Klaviyo.Queries;

namespace KlaviyoRelay.Simulator.Klaviyo.Flows;

/// <summary><c>GET /api/metrics</c> and <c>GET /api/metrics/{id}</c>.</summary>
internal static class MetricsQuery
{
    private static readonly string[] Fields = ["name", "created", "updated", "integration"];
    private static readonly string[] NotSimulated = ["fields[flow]", "include"];

    // 200 a page, and no parameter for it.
    private static readonly QueryRules ManyRules = new("metric", Fields)
    {
        DefaultPage = 200,
        Filters = [new FilterRule("integration.name", "equals")],
        NotSimulated = NotSimulated,
    };

    private static readonly QueryRules OneRules = new("metric", Fields) { NotSimulated = NotSimulated };

    public static Answer Many(KlaviyoCall call)
    {
        if (!ResourceQuery.TryRead(call.Request, ManyRules, out var query, out var problem))
        {
            return problem.ToAnswer();
        }

        var page = call.Account.Use(data => Page.Of(data.Metrics.All.Where(metric => query.Filter?.IsMetBy(metric.Integration) != false).ToList(), query));
        return ResourceDocument.Many(query, page, (json, metric) => Write(json, query, metric));
    }

    public static Answer One(KlaviyoCall call)
    {
        if (!ResourceQuery.TryRead(call.Request, OneRules, out var query, out var problem))
        {
            return problem.ToAnswer();
        }

        return call.Account.Use(data => data.Metrics.Find(call.Id)) is { } metric
            ? ResourceDocument.One(200, query.Self, json => Write(json, query, metric))
            : KlaviyoErrors.Unknown("metric", call.Id).ToAnswer();
    }

    private static void Write(Utf8JsonWriter json, ResourceQuery query, Metric metric) => ResourceDocument.Write(
        json, "metric", metric.Id, $"{query.BaseAddress}/api/metrics/{metric.Id}/", ["flow-triggers"], attributes =>
        {
            foreach (var field in query.Fields)
            {
                switch (field)
                {
                    case "name":
                        attributes.WriteString(field, metric.Name);
                        break;
                    case "created" or "updated":
                        attributes.WriteString(field, metric.Created);
                        break;
                    case "integration":
                        attributes.WriteStartObject(field);
                        attributes.WriteString("object", "integration");
                        attributes.WriteString("name", metric.Integration);
                        attributes.WriteString("category", metric.Integration == Metric.Api ? "API" : "Internal");
                        attributes.WriteEndObject();
                        break;
                }
            }
        });
}
