using System.Text.Json;
using KlaviyoRelay.Simulator.Http;
using KlaviyoRelay.Simulator.Klaviyo.Documents;
using KlaviyoRelay.Simulator.Klaviyo.Payloads;
using KlaviyoRelay.Simulator.Klaviyo.Queries;

namespace KlaviyoRelay.Simulator.Klaviyo.Lists;

/// <summary><c>POST /api/lists</c>.</summary>
internal static class ListCreation
{
    private const string Resource = "list";

    private static readonly QueryRules Rules = new(Resource, ListDocument.Fields);

    public static Answer Answer(KlaviyoCall call)
    {
        if (JsonBody.Problem(call.Request) is { } refused)
        {
            return refused.ToAnswer();
        }

        if (!ResourceQuery.TryRead(call.Request, Rules, out var query, out var problem))
        {
            return problem.ToAnswer();
        }

        var reader = new FieldReader();
        var (name, optIn) = Read(reader, call.Request);
        if (reader.Errors.Count > 0 || name is null)
        {
            return KlaviyoError.ToAnswer(reader.Errors);
        }

        return call.Account.Use(data =>
        {
            var list = data.Lists.Add(name, optIn, call.Now);
            return ResourceDocument.One(
                201, ListDocument.Self(query.BaseAddress, list), json => ListDocument.Write(json, query.BaseAddress, list, query.Fields));
        });
    }

    private static (string? Name, string? OptIn) Read(FieldReader reader, SimulatedRequest request)
    {
        var body = new BodyReader(reader);
        using var document = body.Parse(request.Body.Bytes);
        if (document is null || body.Data(document, Resource) is not { } data)
        {
            return default;
        }

        reader.AllowOnly(data, MemberNames.Resource, Resource);
        reader.RequireType(data, Resource);
        if (reader.Required(data, "attributes", JsonValueKind.Object, Resource) is not { } attributes)
        {
            return default;
        }

        reader.AllowOnly(attributes, MemberNames.List, Resource);
        var optIn = reader.OptionalText(attributes, "opt_in_process");
        if (optIn is not (null or KlaviyoList.SingleOptIn or KlaviyoList.DoubleOptIn))
        {
            reader.Fail($"'{optIn}' is not a valid opt-in process", attributes.Pointer.At("opt_in_process"));
        }

        return (reader.Required(attributes, "name", JsonValueKind.String, Resource)?.Element.GetString(), optIn);
    }
}
