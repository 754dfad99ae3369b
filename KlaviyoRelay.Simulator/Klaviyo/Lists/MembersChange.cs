using System.Globalization;
using System.Text.Json;
using KlaviyoRelay.Simulator.Http;
using KlaviyoRelay.Simulator.Klaviyo.Payloads;
using KlaviyoRelay.Simulator.Klaviyo.Recording;

namespace KlaviyoRelay.Simulator.Klaviyo.Lists;

/// <summary>Adds and removes members by their profile ids.</summary>
internal static class MembersChange
{
    private const int MostIds = 1000;

    public static Answer Add(KlaviyoCall call) => Change(call, (data, list, ids) =>
    {
        if (ids.FirstOrDefault(id => data.Profiles.Find(ProfileIdentifier.Id(id)) is null) is { } unknown)
        {
            return KlaviyoErrors.Unknown("profile", unknown).ToAnswer();
        }

        foreach (var id in ids)
        {
            list.Add(id, call.Now);
        }

        return new Answer(204);
    });

    public static Answer Remove(KlaviyoCall call) => Change(call, (_, list, ids) =>
    {
        foreach (var id in ids)
        {
            list.Remove(id, call.Now);
        }

        return new Answer(204);
    });

    private static Answer Change(KlaviyoCall call, Func<AccountData, KlaviyoList, IReadOnlyList<string>, Answer> change)
    {
        if (JsonBody.Problem(call.Request) is { } refused)
        {
            return refused.ToAnswer();
        }

        var reader = new FieldReader();
        var ids = Read(reader, call.Request.Body.Bytes);
        return reader.Errors.Count > 0
            ? KlaviyoError.ToAnswer(reader.Errors)
            : call.Account.Use(data => data.Lists.Find(call.Id) is { } list
                ? change(data, list, ids)
                : KlaviyoErrors.Unknown("list", call.Id).ToAnswer());
    }

    private static IReadOnlyList<string> Read(FieldReader reader, ReadOnlyMemory<byte> bytes)
    {
        var body = new BodyReader(reader);
        using var document = body.Parse(bytes);
        if (document is null || body.Data(document, "profile", JsonValueKind.Array) is not { } references)
        {
            return [];
        }

        if (references.Element.GetArrayLength() is 0 or > MostIds)
        {
            reader.Fail(string.Create(CultureInfo.InvariantCulture, $"1 to {MostIds} profiles can be named"), references.Pointer);
            return [];
        }

        return [.. new ReferenceReader(reader).Read(references, "profile")];
    }
}
