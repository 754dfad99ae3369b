using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using KlaviyoRelay.Core.Campaigns.Drafts;
using KlaviyoRelay.Core.Insights;
using KlaviyoRelay.Core.Records;
using KlaviyoRelay.Functions;

namespace KlaviyoRelay.Tests.Contracts;

/// <summary>The bodies in the description of the API have the members that the code writes and reads.</summary>
public sealed class OpenApiSchemaTests
{
    private static readonly JsonTypeInfo[] Answers =
    [
        AnswerJsonContext.Default.AcceptedAnswer, AnswerJsonContext.Default.AcceptedRowsAnswer, AnswerJsonContext.Default.IgnoredAnswer, AnswerJsonContext.Default.HealthAnswer,
        AnswerJsonContext.Default.CheckReport, AnswerJsonContext.Default.ForgetAnswer, AnswerJsonContext.Default.AuditReport, AnswerJsonContext.Default.SegmentReport,
        AnswerJsonContext.Default.AudienceList, AnswerJsonContext.Default.CampaignList, AnswerJsonContext.Default.CampaignPerformance, AnswerJsonContext.Default.CampaignView,
        RecordJsonContext.Default.RunReport, RecordJsonContext.Default.RunReports, InsightJsonContext.Default.Insight,
    ];

    private static readonly JsonTypeInfo[] Requests = [AnswerJsonContext.Default.ForgetRequest, CampaignRequestJsonContext.Default.CampaignRequest];

    private static readonly string[] Inner = ["items", "additionalProperties"];

    private static JsonObject Schemas => OpenApiFile.Root["components"]?["schemas"].ShouldNotBeNull().AsObject() ?? [];

    [Fact]
    public void Answer_has_the_members_that_the_code_writes()
    {
        foreach (var type in Answers)
        {
            var code = SchemaOf(type);
            Compare(type.Type.Name, OpenApiFile.Resolve(Schemas[type.Type.Name]), code, code, isWritten: true);
        }
    }

    [Fact]
    public void Request_has_the_members_that_the_code_reads()
    {
        foreach (var type in Requests)
        {
            var code = SchemaOf(type);
            Compare(type.Type.Name, OpenApiFile.Resolve(Schemas[type.Type.Name]), code, code, isWritten: false);
        }
    }

    [Fact]
    public void Every_schema_is_compared_with_a_type()
    {
        var reached = Answers.Concat(Requests).Select(type => type.Type.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var name in reached.ToList())
        {
            Reach(Schemas[name], reached);
        }

        Schemas.Select(schema => schema.Key).Except(reached).ShouldBe(["Problem"]);
    }

    // What is never left out of an answer is required.
    private static JsonNode SchemaOf(JsonTypeInfo type) => type.GetJsonSchemaAsNode(new JsonSchemaExporterOptions
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = static (context, node) =>
        {
            // Of a member that is computed, the exporter thinks that it may be null.
            if (context.PropertyInfo is { Set: null, IsGetNullable: false } && node is JsonObject computed && computed["type"] is JsonArray types)
            {
                computed["type"] = new JsonArray([.. types.Where(type => $"{type}" != "null").Select(type => type?.DeepClone())]);
            }

            if (node is JsonObject schema && schema.ContainsKey("properties"))
            {
                schema["required"] = new JsonArray(
                    [.. context.TypeInfo.Properties.Where(member => member.AttributeProvider?.IsDefined(typeof(JsonIgnoreAttribute), inherit: true) != true).Select(member => (JsonNode?)member.Name)]);
            }

            return node;
        },
    });

    private static void Compare(string where, JsonObject described, JsonNode root, JsonNode? code, bool isWritten)
    {
        // A type with a converter of its own says nothing of its form.
        if (code is not JsonObject written)
        {
            return;
        }

        // A type that comes a second time refers to the first, as #/properties/... of the whole.
        if (written["$ref"] is { } reference)
        {
            Compare(where, described, root, $"{reference}".Split('/').Skip(1).Aggregate((JsonNode?)root, (node, name) => node?[name]).ShouldNotBeNull(), isWritten);
            return;
        }

        var either = described["anyOf"]?.AsArray();
        var main = either is null ? described : OpenApiFile.Resolve(either[0]);
        var types = Texts(main["type"]).Concat(either is null ? [] : ["null"]).ToList();
        if (isWritten)
        {
            // Of an enum, the exporter says its words and not that they are texts.
            types.ShouldBe(written["type"] is null && written["enum"] is not null ? ["string"] : Texts(written["type"]), ignoreOrder: true, where);
            Texts(main["required"]).ShouldBe(Texts(written["required"]), ignoreOrder: true, where);
            Texts(main["enum"]).ShouldBe(Texts(written["enum"]), ignoreOrder: true, where);
            $"{main["format"]}".ShouldBe($"{written["format"]}", where);
        }
        else
        {
            types.ShouldBe(Texts(written["type"]).Where(type => type != "null"), ignoreOrder: true, where);
        }

        var (members, known) = (main["properties"]?.AsObject() ?? [], written["properties"]?.AsObject() ?? []);
        members.Select(member => member.Key).ShouldBe(known.Select(member => member.Key), ignoreOrder: true, where);
        foreach (var (name, member) in known)
        {
            Compare($"{where}.{name}", OpenApiFile.Resolve(members[name]), root, member, isWritten);
        }

        foreach (var inner in Inner.Where(inner => written[inner] is JsonObject))
        {
            Compare($"{where}.{inner}", OpenApiFile.Resolve(main[inner]), root, written[inner], isWritten);
        }
    }

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        null => [],
        JsonArray list => list.Select(item => $"{item}"),
        _ => [$"{node}"],
    };

    private static void Reach(JsonNode? node, HashSet<string> reached)
    {
        foreach (var inner in node switch { JsonObject item => item.Select(member => member.Value), JsonArray list => list, _ => [] })
        {
            if (inner?.GetValueKind() == System.Text.Json.JsonValueKind.String && $"{inner}".StartsWith("#/components/schemas/", StringComparison.Ordinal))
            {
                var name = $"{inner}"["#/components/schemas/".Length..];
                if (reached.Add(name))
                {
                    Reach(Schemas[name], reached);
                }
            }

            Reach(inner, reached);
        }
    }
}
