using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo.Conditions;

namespace KlaviyoRelay.Core.Klaviyo.Segments;

/// <summary>A segment and what makes a profile its member.</summary>
/// <param name="IsActive">Whether Klaviyo keeps its members up to date.</param>
public sealed record Segment(string Name, ConditionGroups Definition, bool IsActive);

/// <summary>A segment as Klaviyo returns it.</summary>
public sealed record SegmentAttributes
{
    public string? Name { get; set; }

    public JsonElement? Definition { get; set; }

    public bool? IsActive { get; set; }
}

/// <summary>Reads and makes segments (developers.klaviyo.com, Get Segments, Create Segment, Update Segment).</summary>
public sealed class SegmentClient(KlaviyoApi klaviyo)
{
    private const string Segments = "api/segments";

    // Fewer than Klaviyo takes in a filter, so that an address stays short.
    private const int IdsInFilter = 50;

    private static readonly AnswerForm OfCreation = AnswerForm.Found with { Success = HttpStatusCode.Created };

    /// <summary>Those of the ids that are segments, and the segments that these name in turn. An id of a list is none.</summary>
    public async Task<Result<IReadOnlyDictionary<string, Segment>>> FindAsync(KlaviyoAccount account, IEnumerable<string> ids, BatchBudget budget, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, Segment>(StringComparer.Ordinal);
        var asked = new HashSet<string>(StringComparer.Ordinal);
        for (var next = ids.Where(asked.Add).ToList(); next.Count > 0;)
        {
            var named = new List<string>();
            foreach (var part in next.Chunk(IdsInFilter))
            {
                var segments = await klaviyo.ReadAllAsync(CallOf(account, "id", part), KlaviyoResourcesJsonContext.Default.KlaviyoPageSegmentAttributes, budget, cancellationToken);
                if (!segments.IsSuccess)
                {
                    return Result.Failed<IReadOnlyDictionary<string, Segment>>(segments.Failure);
                }

                foreach (var (id, segment) in segments.Value.Where(one => one is { Id: not null, Attributes: not null }).Select(one => (one.Id!, Of(one.Id!, one.Attributes!))))
                {
                    found[id] = segment;
                    named.AddRange(segment.Definition.Groups);
                }
            }

            next = [.. named.Where(asked.Add)];
        }

        return Result.Of<IReadOnlyDictionary<string, Segment>>(found);
    }

    /// <summary>The segments that have one of these names.</summary>
    public async Task<Result<IReadOnlyList<KlaviyoResource<SegmentAttributes>>>> FindNamedAsync(KlaviyoAccount account, IEnumerable<string> names, BatchBudget budget, CancellationToken cancellationToken)
    {
        var found = new List<KlaviyoResource<SegmentAttributes>>();
        foreach (var part in names.Chunk(IdsInFilter))
        {
            var segments = await klaviyo.ReadAllAsync(CallOf(account, "name", part), KlaviyoResourcesJsonContext.Default.KlaviyoPageSegmentAttributes, budget, cancellationToken);
            if (!segments.IsSuccess)
            {
                return segments;
            }

            found.AddRange(segments.Value.Where(segment => segment is { Id: not null, Attributes.Name: not null }));
        }

        return Result.Of<IReadOnlyList<KlaviyoResource<SegmentAttributes>>>(found);
    }

    /// <summary>Makes a segment. Klaviyo computes its members in the minutes after.</summary>
    public Task<Result<KlaviyoDocument<SegmentAttributes>>> CreateAsync(KlaviyoAccount account, string name, JsonElement definition, BatchBudget budget, CancellationToken cancellationToken) => klaviyo.ReadAsync(
        new KlaviyoCall(account, Lane.Audit, KlaviyoEndpoint.CreateSegment, HttpMethod.Post, Segments) { Route = Segments, Form = OfCreation, Body = BodyOf(id: null, new JsonObject { ["name"] = name, ["definition"] = JsonObject.Create(definition) }) },
        KlaviyoResourcesJsonContext.Default.KlaviyoDocumentSegmentAttributes,
        budget,
        cancellationToken);

    /// <summary>Gives a segment another definition, and has Klaviyo compute it.</summary>
    public Task<Result<KlaviyoDocument<SegmentAttributes>>> UpdateAsync(KlaviyoAccount account, string id, JsonElement definition, BatchBudget budget, CancellationToken cancellationToken) => klaviyo.ReadAsync(
        new KlaviyoCall(account, Lane.Audit, KlaviyoEndpoint.UpdateSegment, HttpMethod.Patch, $"{Segments}/{Uri.EscapeDataString(id)}") { Body = BodyOf(id, new JsonObject { ["definition"] = JsonObject.Create(definition), ["is_active"] = true }) },
        KlaviyoResourcesJsonContext.Default.KlaviyoDocumentSegmentAttributes,
        budget,
        cancellationToken);

    private static ReadOnlyMemory<byte> BodyOf(string? id, JsonObject attributes)
    {
        var data = new JsonObject { ["type"] = "segment", ["attributes"] = attributes };
        if (id is not null)
        {
            data["id"] = id;
        }

        return Encoding.UTF8.GetBytes(new JsonObject { ["data"] = data }.ToJsonString());
    }

    private static KlaviyoCall CallOf(KlaviyoAccount account, string field, IEnumerable<string> values)
    {
        var filter = $"any({field},[{string.Join(',', values.Select(value => $"\"{value.Replace("\"", "", StringComparison.Ordinal)}\""))}])";
        return new KlaviyoCall(
            account, Lane.Audit, KlaviyoEndpoint.ReadSegments, HttpMethod.Get, $"{Segments}?fields%5Bsegment%5D=name%2Cdefinition%2Cis_active&filter={Uri.EscapeDataString(filter)}")
        { Route = Segments };
    }

    private static Segment Of(string id, SegmentAttributes attributes)
    {
        var (name, definition) = (attributes.Name ?? id, ConditionReader.Read(attributes.Definition));
        // Every profile meets no condition at all, which is no segment's meaning.
        return new Segment(name, definition.All.Count > 0 ? definition : new ConditionGroups([[new UnknownCondition($"the segment `{name}`, of which Klaviyo tells no conditions")]]), attributes.IsActive != false);
    }
}
