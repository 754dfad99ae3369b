using System.Text.Json;
using KlaviyoRelay.Simulator.Http;
using KlaviyoRelay.Simulator.Klaviyo.Payloads;
using KlaviyoRelay.Simulator.Klaviyo.Queries;

namespace KlaviyoRelay.Simulator.Klaviyo.Segments;

/// <summary><c>POST /api/segments</c> and <c>PATCH /api/segments/{id}</c>. Klaviyo lets several segments have one name.</summary>
internal static class SegmentChange
{
    private const string Resource = "segment";

    public static Answer Create(KlaviyoCall call)
    {
        if (Refused(call, isNew: true, out var query, out var attributes) is { } refused)
        {
            return refused;
        }

        return call.Account.Use(data =>
        {
            var segment = new Segment(data.Segments.NewId(), attributes.GetProperty("name").GetString() ?? "", attributes.GetProperty("definition"), IsActive: true, call.Now);
            data.Segments.Put(segment);
            return SegmentsQuery.Answer(201, query, segment);
        });
    }

    public static Answer Update(KlaviyoCall call)
    {
        if (Refused(call, isNew: false, out var query, out var attributes) is { } refused)
        {
            return refused;
        }

        return call.Account.Use(data =>
        {
            if (data.Segments.Find(call.Id) is not { } segment)
            {
                return KlaviyoErrors.Unknown(Resource, call.Id).ToAnswer();
            }

            segment = segment with
            {
                Name = attributes.TryGetProperty("name", out var name) ? name.GetString() ?? segment.Name : segment.Name,
                Definition = attributes.TryGetProperty("definition", out var definition) ? definition : segment.Definition,
                IsActive = attributes.TryGetProperty("is_active", out var isActive) ? isActive.GetBoolean() : segment.IsActive,
            };
            data.Segments.Put(segment);
            return SegmentsQuery.Answer(200, query, segment);
        });
    }

    private static Answer? Refused(KlaviyoCall call, bool isNew, out ResourceQuery query, out JsonElement attributes)
    {
        attributes = default;
        if (!ResourceQuery.TryRead(call.Request, SegmentsQuery.OneRules, out var read, out var problem))
        {
            query = null!;
            return problem.ToAnswer();
        }

        query = read;
        if (JsonBody.Problem(call.Request) is { } refused)
        {
            return refused.ToAnswer();
        }

        var reader = new FieldReader();
        attributes = Read(reader, call, isNew);
        return reader.Errors.Count > 0 ? KlaviyoError.ToAnswer(reader.Errors) : null;
    }

    private static JsonElement Read(FieldReader reader, KlaviyoCall call, bool isNew)
    {
        var body = new BodyReader(reader);
        using var document = body.Parse(call.Request.Body.Bytes);
        if (document is null || body.Data(document, Resource) is not { } data)
        {
            return default;
        }

        reader.AllowOnly(data, isNew ? MemberNames.Resource : MemberNames.SingleProfile, Resource);
        reader.RequireType(data, Resource);
        if (!isNew && reader.Required(data, "id", JsonValueKind.String, Resource) is { } id && !id.Element.ValueEquals(call.Id))
        {
            reader.Fail("The id does not match the id in the path", id.Pointer);
        }

        if (reader.Required(data, "attributes", JsonValueKind.Object, Resource) is not { } attributes)
        {
            return default;
        }

        reader.AllowOnly(attributes, isNew ? MemberNames.NewSegment : MemberNames.Segment, Resource);
        reader.OptionalBoolean(attributes, "is_active");
        var definition = isNew ? reader.Required(attributes, "definition", JsonValueKind.Object, Resource) : reader.Optional(attributes, "definition", JsonValueKind.Object);
        if (isNew)
        {
            reader.Required(attributes, "name", JsonValueKind.String, Resource);
        }

        if (definition is { } conditions)
        {
            new DefinitionReader(reader).Check(conditions);
        }

        return attributes.Element.Clone();
    }
}
