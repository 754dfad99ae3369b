using System.Text.Json;
using KlaviyoRelay.Simulator.Http;
using KlaviyoRelay.Simulator.Klaviyo.Documents;
using KlaviyoRelay.Simulator.Klaviyo.Queries;

namespace KlaviyoRelay.Simulator.Klaviyo.Flows;

/// <summary>Flows, one with its definition, and those that a list or a metric starts, whole or as ids.</summary>
internal static class FlowsQuery
{
    private static readonly string[] Links = ["flow-actions", "tags"];
    private static readonly string[] Fields = ["name", "status", "archived", "created", "updated", "trigger_type"];
    private static readonly QueryRules FlowRules = new("flow", Fields);
    private static readonly QueryRules ManyRules = new("flow", Fields) { DefaultPage = 50, LargestPage = 50, NotSimulated = ["filter", "sort", "include", "fields[flow-action]", "fields[tag]"] };
    private static readonly QueryRules OneRules = new("flow", Fields) { AdditionalFields = ["definition"], NotSimulated = ["include", "fields[flow-action]", "fields[tag]"] };
    private static readonly QueryRules IdRules = new("flow-trigger", []);

    public static Answer Many(KlaviyoCall call) => ResourceQuery.TryRead(call.Request, ManyRules, out var query, out var problem)
        ? ResourceDocument.Many(query, Page.Of(call.Account.Use(data => data.Flows.All.ToArray()), query), (json, flow) => Write(json, query, flow))
        : problem.ToAnswer();

    public static Answer One(KlaviyoCall call)
    {
        if (!ResourceQuery.TryRead(call.Request, OneRules, out var query, out var problem))
        {
            return problem.ToAnswer();
        }

        return call.Account.Use(data => data.Flows.Find(call.Id)) is { } flow
            ? ResourceDocument.One(200, query.Self, json => Write(json, query, flow))
            : KlaviyoErrors.Unknown("flow", call.Id).ToAnswer();
    }

    public static Answer OfList(KlaviyoCall call) => Read(call, FlowRules, ListFlows, "list", Write);

    public static Answer IdsOfList(KlaviyoCall call) => Read(call, IdRules, ListFlows, "list", WriteId);

    public static Answer OfMetric(KlaviyoCall call) => Read(call, FlowRules, MetricFlows, "metric", Write);

    public static Answer IdsOfMetric(KlaviyoCall call) => Read(call, IdRules, MetricFlows, "metric", WriteId);

    private static Answer Read(
        KlaviyoCall call,
        QueryRules rules,
        Func<KlaviyoCall, IReadOnlyList<Flow>?> find,
        string trigger,
        Action<Utf8JsonWriter, ResourceQuery, Flow> write)
    {
        if (!ResourceQuery.TryRead(call.Request, rules, out var query, out var problem))
        {
            return problem.ToAnswer();
        }

        return find(call) is { } flows
            ? ResourceDocument.Many(query, new Page<Flow>(flows, null), (json, flow) => write(json, query, flow))
            : KlaviyoErrors.Unknown(trigger, call.Id).ToAnswer();
    }

    private static IReadOnlyList<Flow>? ListFlows(KlaviyoCall call) => call.Account.Use(data => data.Lists.Find(call.Id) is { } list
        ? data.Flows.All.Where(flow => flow.ListId == list.Id).ToArray()
        : null);

    private static IReadOnlyList<Flow>? MetricFlows(KlaviyoCall call) => call.Account.Use(data => data.Metrics.Find(call.Id) is { } metric
        ? data.Flows.All.Where(flow => flow.Metric == metric.Name).ToArray()
        : null);

    private static void WriteId(Utf8JsonWriter json, ResourceQuery query, Flow flow) => ResourceDocument.WriteIdentity(json, "flow", flow.Id);

    private static void Write(Utf8JsonWriter json, ResourceQuery query, Flow flow) => ResourceDocument.Write(
        json, "flow", flow.Id, $"{query.BaseAddress}/api/flows/{flow.Id}/", Links, attributes =>
        {
            foreach (var field in query.Fields)
            {
                switch (field)
                {
                    case "name":
                        attributes.WriteString(field, flow.Name);
                        break;
                    case "status":
                        attributes.WriteString(field, flow.Status);
                        break;
                    case "archived":
                        attributes.WriteBoolean(field, flow.IsArchived);
                        break;
                    case "created" or "updated":
                        attributes.WriteString(field, flow.Created);
                        break;
                    case "trigger_type":
                        attributes.WriteString(field, flow.TriggerType);
                        break;
                    case "definition" when flow.Definition is { } definition:
                        attributes.WritePropertyName(field);
                        definition.WriteTo(attributes);
                        break;
                    case "definition":
                        attributes.WriteNull(field);
                        break;
                }
            }
        });
}
