using System.Text.Json;
using KlaviyoRelay.Simulator.Http;
using KlaviyoRelay.Simulator.Klaviyo.Campaigns;
using KlaviyoRelay.Simulator.Klaviyo.Documents;
using KlaviyoRelay.Simulator.Klaviyo.Queries;

namespace KlaviyoRelay.Simulator.Klaviyo.Segments;

/// <summary><c>GET /api/segments</c> and <c>GET /api/segments/{id}</c>.</summary>
internal static class SegmentsQuery
{
    private static readonly string[] Links = ["profiles", "tags", "flow-triggers"];

    private static readonly string[] Fields = ["name", "definition", "created", "updated", "is_active", "is_processing", "is_starred"];

    /// <summary>Of endpoints that change one segment, and answer with it.</summary>
    public static readonly QueryRules OneRules = new("segment", Fields) { NotSimulated = ["additional-fields[segment]", "include", "fields[tag]", "fields[flow]"] };

    private static readonly QueryRules Rules = new("segment", Fields)
    {
        DefaultPage = 10,
        LargestPage = 10,
        Filters =
        [
            new FilterRule("name", "equals", "any") { HasListInEquals = true },
            new FilterRule("id", "equals", "any") { HasListInEquals = true },
        ],
        NotSimulated = ["sort", "include", "fields[tag]", "fields[flow]"],
    };

    private static readonly QueryRules CountedRules = new("segment", [.. Fields, "profile_count"]) { AdditionalFields = ["profile_count"], NotSimulated = ["include", "fields[tag]", "fields[flow]"] };

    /// <summary>What the segments of a profile take.</summary>
    public static QueryRules OfProfileRules { get; } = new(Rules.Resource, Rules.Fields);

    public static Answer Many(KlaviyoCall call)
    {
        if (!ResourceQuery.TryRead(call.Request, Rules, out var query, out var problem))
        {
            return problem.ToAnswer();
        }

        var found = call.Account.Use(data => data.Segments.All.Where(segment => query.Filter is not { } filter || filter.IsMetBy(filter.Field == "id" ? segment.Id : segment.Name)).ToList());
        return ResourceDocument.Many(query, Page.Of(found, query), (json, segment) => Write(json, query, segment));
    }

    public static Answer One(KlaviyoCall call) => !ResourceQuery.TryRead(call.Request, CountedRules, out var query, out var problem)
        ? problem.ToAnswer()
        : call.Account.Use(data => data.Segments.Find(call.Id) is { } segment
            ? ResourceDocument.One(200, query.Self, json => Write(json, query, segment, () => Recipients.Members(data, segment.Id, call.Now).Count))
            : KlaviyoErrors.Unknown("segment", call.Id).ToAnswer());

    public static Answer Answer(int status, ResourceQuery query, Segment segment) => ResourceDocument.One(status, query.Self, json => Write(json, query, segment));

    public static void Write(Utf8JsonWriter json, ResourceQuery query, Segment segment, Func<int>? count = null) => ResourceDocument.Write(
        json, "segment", segment.Id, $"{query.BaseAddress}/api/segments/{segment.Id}/", Links, attributes =>
        {
            foreach (var field in query.Fields)
            {
                switch (field)
                {
                    case "name":
                        attributes.WriteString(field, segment.Name);
                        break;
                    case "definition":
                        attributes.WritePropertyName(field);
                        segment.Definition.WriteTo(attributes);
                        break;
                    case "profile_count" when count is not null:
                        attributes.WriteNumber(field, count());
                        break;
                    case "created" or "updated":
                        attributes.WriteString(field, segment.Created);
                        break;
                    case "is_active":
                        attributes.WriteBoolean(field, segment.IsActive);
                        break;
                    case "is_processing" or "is_starred":
                        attributes.WriteBoolean(field, false);
                        break;
                }
            }
        });
}
