using KlaviyoRelay.Simulator.Http;
using KlaviyoRelay.Simulator.Klaviyo.Documents;
using KlaviyoRelay.Simulator.Klaviyo.Payloads;
using KlaviyoRelay.Simulator.Klaviyo.Queries;
using KlaviyoRelay.Simulator.Klaviyo.Recording;

namespace KlaviyoRelay.Simulator.Klaviyo.Profiles;

/// <summary><c>POST /api/profile-import</c>: creates or updates one profile.</summary>
internal static class ProfileImport
{
    private const int LargestBody = 100_000;

    private static readonly QueryRules Rules = new("profile", ProfileDocument.Fields) { NotSimulated = ["additional-fields[profile]"] };

    public static Answer Answer(KlaviyoCall call)
    {
        if (JsonBody.Problem(call.Request) is { } refused)
        {
            return refused.ToAnswer();
        }

        if (call.Request.Body.Bytes.Length > LargestBody)
        {
            return KlaviyoErrors.LargerThan("100 KB").ToAnswer();
        }

        if (!ResourceQuery.TryRead(call.Request, Rules, out var query, out var problem))
        {
            return problem.ToAnswer();
        }

        var reader = new FieldReader();
        if (Read(reader, call) is not { } sent || reader.Errors.Count > 0)
        {
            return KlaviyoError.ToAnswer(reader.Errors);
        }

        var outcome = call.Account.Use(data => data.Profiles.Import(sent, call.Now));
        return outcome.Profile is { } profile
            ? ResourceDocument.One(
                outcome.IsNew ? 201 : 200,
                ProfileDocument.Self(query.BaseAddress, profile),
                json => ProfileDocument.Write(json, query.BaseAddress, profile, query.Fields))
            : (outcome.Problem ?? KlaviyoErrors.ForStatus(500)).ToAnswer();
    }

    private static NewProfile? Read(FieldReader reader, KlaviyoCall call)
    {
        var body = new BodyReader(reader);
        using var document = body.Parse(call.Request.Body.Bytes);
        if (document is null
            || body.Data(document, "profile") is not { } data
            || new ProfileReader(reader).ReadImported(data) is not { } profile)
        {
            return null;
        }

        if (!profile.HasIdentifier)
        {
            reader.Fail("One or more identifiers is required", FieldPointer.Root.At("data").At("attributes"));
        }

        if (profile.PhoneNumber is { } phone
            && IdentifierRules.IsPhone(phone)
            && PhoneRules.Problem(phone, call.Settings.Imports.PhoneRegions) is { } refused)
        {
            reader.Fail(refused, FieldPointer.Root.At("data").At("attributes").At("phone_number"));
        }

        return profile;
    }
}
