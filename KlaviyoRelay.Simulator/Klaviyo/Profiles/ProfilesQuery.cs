using KlaviyoRelay.Simulator.Http;
using KlaviyoRelay.Simulator.Klaviyo.Documents;
using KlaviyoRelay.Simulator.Klaviyo.Queries;
using KlaviyoRelay.Simulator.Klaviyo.Recording;

namespace KlaviyoRelay.Simulator.Klaviyo.Profiles;

/// <summary><c>GET /api/profiles</c> and <c>GET /api/profiles/{id}</c>.</summary>
internal static class ProfilesQuery
{
    private static readonly string[] NotSimulated =
        ["fields[conversation]", "fields[push-token]", "fields[list]", "fields[segment]", "include", "sort"];

    private static readonly string[] Additional = ["subscriptions"];

    private static readonly QueryRules ManyRules = new("profile", ProfileDocument.Fields)
    {
        DefaultPage = 20,
        LargestPage = 100,
        Filters = FilterRule.Text("id", "email", "phone_number", "external_id"),
        AdditionalFields = Additional,
        NotSimulated = NotSimulated,
    };

    private static readonly QueryRules OneRules = new("profile", ProfileDocument.Fields) { AdditionalFields = Additional, NotSimulated = NotSimulated };

    public static Answer Answer(KlaviyoCall call)
    {
        if (!ResourceQuery.TryRead(call.Request, ManyRules, out var query, out var problem))
        {
            return problem.ToAnswer();
        }

        var page = call.Account.Use(data => Page.Of(
            query.Filter is { } filter ? Find(data.Profiles, filter) : data.Profiles.All, query));
        return ResourceDocument.Many(query, page, (json, profile) => ProfileDocument.Write(json, query.BaseAddress, profile, query.Fields));
    }

    public static Answer One(KlaviyoCall call)
    {
        if (!ResourceQuery.TryRead(call.Request, OneRules, out var query, out var problem))
        {
            return problem.ToAnswer();
        }

        return call.Account.Use(data => data.Profiles.Find(ProfileIdentifier.Id(call.Id))) is { } profile
            ? ResourceDocument.One(200, query.Self, json => ProfileDocument.Write(json, query.BaseAddress, profile, query.Fields))
            : KlaviyoErrors.Unknown("profile", call.Id).ToAnswer();
    }

    /// <summary>The profiles that a filter names, in the order they appeared.</summary>
    public static IReadOnlyList<Profile> Find(ProfileIndex profiles, Filter filter) =>
    [
        .. filter.Values.Select(value => profiles.Find(Identifier(filter.Field, value))).OfType<Profile>()
            .DistinctBy(profile => profile.Id)
            .OrderBy(profile => profile.Created).ThenBy(profile => profile.Id, StringComparer.Ordinal),
    ];

    private static ProfileIdentifier Identifier(string field, string value) => field switch
    {
        "id" => ProfileIdentifier.Id(value),
        "phone_number" => ProfileIdentifier.PhoneNumber(value),
        "external_id" => ProfileIdentifier.ExternalId(value),
        _ => ProfileIdentifier.Email(value),
    };
}
