using System.Collections.Frozen;
using System.Text.Json;
using KlaviyoRelay.Simulator.Http;
using KlaviyoRelay.Simulator.Klaviyo.Campaigns;
using KlaviyoRelay.Simulator.Klaviyo.Documents;
using KlaviyoRelay.Simulator.Klaviyo.Payloads;
using KlaviyoRelay.Simulator.Klaviyo.Queries;

namespace KlaviyoRelay.Simulator.Klaviyo.Templates;

/// <summary>A template of HTML.</summary>
internal sealed record Template(string Id, string Name, string Html, string? Text, DateTimeOffset Created);

/// <summary><c>/api/templates</c>.</summary>
internal static class TemplatesApi
{
    private const string Resource = "template";
    private const int Most = 1000;

    private static readonly FrozenSet<string> Attributes = new[] { "name", "editor_type", "html", "text", "amp" }.ToFrozenSet(StringComparer.Ordinal);
    private static readonly string[] Fields = ["name", "editor_type", "html", "text", "amp", "created", "updated"];

    private static readonly QueryRules Rules = new(Resource, Fields)
    {
        DefaultPage = 10,
        LargestPage = 10,
        Filters = [new FilterRule("name", "equals", "any", "contains"), new FilterRule("id", "equals", "any")],
        NotSimulated = ["sort", "additional-fields[template]"],
    };

    private static readonly QueryRules OneRules = new(Resource, Fields) { NotSimulated = ["additional-fields[template]"] };

    public static Answer Many(KlaviyoCall call)
    {
        if (!ResourceQuery.TryRead(call.Request, Rules, out var query, out var problem))
        {
            return problem.ToAnswer();
        }

        var found = call.Account.Use(data => data.Templates.All.Where(template => query.Filters.All(filter => IsMet(filter, template))).ToList());
        return ResourceDocument.Many(query, Page.Of(found, query), (json, template) => Write(json, query.BaseAddress, template, query.Fields));
    }

    public static Answer One(KlaviyoCall call) => !ResourceQuery.TryRead(call.Request, OneRules, out var query, out var problem)
        ? problem.ToAnswer()
        : call.Account.Use(data => data.Templates.Find(call.Id) is { } template
            ? ResourceDocument.One(200, query.Self, json => Write(json, query.BaseAddress, template, query.Fields))
            : KlaviyoErrors.Unknown(Resource, call.Id).ToAnswer());

    public static Answer Create(KlaviyoCall call)
    {
        if (JsonBody.Problem(call.Request) is { } refused)
        {
            return refused.ToAnswer();
        }

        var reader = new FieldReader();
        return call.Account.Use(data =>
        {
            var template = Read(reader, call, data.Templates.NewId());
            if (data.Templates.All.Count >= Most)
            {
                reader.Fail($"An account has at most {Most} templates.", FieldPointer.Root.At("data"));
            }

            if (reader.Errors.Count > 0 || template is null)
            {
                return KlaviyoError.ToAnswer(reader.Errors);
            }

            data.Templates.Put(template);
            return ResourceDocument.One(201, Self(call.Request.BaseAddress, template), json => Write(json, call.Request.BaseAddress, template, Fields));
        });
    }

    public static Answer Delete(KlaviyoCall call) => call.Account.Use(data => data.Templates.Remove(call.Id) ? new Answer(204) : KlaviyoErrors.Unknown(Resource, call.Id).ToAnswer());

    private static Template? Read(FieldReader reader, KlaviyoCall call, string id)
    {
        var body = new BodyReader(reader);
        using var document = body.Parse(call.Request.Body.Bytes);
        if (document is null || body.Data(document, Resource) is not { } resource)
        {
            return null;
        }

        reader.AllowOnly(resource, MemberNames.Resource, Resource);
        reader.RequireType(resource, Resource);
        if (reader.Required(resource, "attributes", JsonValueKind.Object, Resource) is not { } attributes)
        {
            return null;
        }

        reader.AllowOnly(attributes, Attributes, Resource);
        if (reader.Required(attributes, "editor_type", JsonValueKind.String, Resource) is { } editor && !editor.Element.ValueEquals("CODE"))
        {
            reader.Fail("Only the editor type CODE is simulated", editor.Pointer);
        }

        return reader.Required(attributes, "name", JsonValueKind.String, Resource)?.Element.GetString() is { } name
            ? new Template(id, name, reader.OptionalText(attributes, "html") ?? "", reader.OptionalText(attributes, "text"), call.Now)
            : null;
    }

    private static bool IsMet(Filter filter, Template template) => filter switch
    {
        { Field: "id" } => filter.IsMetBy(template.Id),
        { Operator: "contains" } => template.Name.Contains(filter.Values[0], StringComparison.OrdinalIgnoreCase),
        _ => filter.IsMetBy(template.Name),
    };

    private static string Self(string baseAddress, Template template) => $"{baseAddress}/api/templates/{template.Id}/";

    private static void Write(Utf8JsonWriter json, string baseAddress, Template template, IReadOnlyList<string> fields)
    {
        json.WriteStartObject();
        json.WriteString("type", Resource);
        json.WriteString("id", template.Id);
        json.WriteStartObject("attributes");
        foreach (var field in fields)
        {
            switch (field)
            {
                case "name":
                    json.WriteString(field, template.Name);
                    break;
                case "editor_type":
                    json.WriteString(field, "CODE");
                    break;
                case "html":
                    json.WriteString(field, template.Html);
                    break;
                case "text":
                    json.WriteString(field, template.Text);
                    break;
                case "amp":
                    json.WriteNull(field);
                    break;
                case "created" or "updated":
                    json.WriteString(field, template.Created);
                    break;
            }
        }

        json.WriteEndObject();
        CampaignDocument.WriteSelf(json, Self(baseAddress, template));
        json.WriteEndObject();
    }
}
