using KlaviyoRelay.Simulator.Http;
using KlaviyoRelay.Simulator.Klaviyo.Documents;
using KlaviyoRelay.Simulator.Klaviyo.Profiles;
using KlaviyoRelay.Simulator.Klaviyo.Queries;
using KlaviyoRelay.Simulator.Klaviyo.Recording;

namespace KlaviyoRelay.Simulator.Klaviyo.Lists;

/// <summary>The members of a list, as profiles or as ids, in the order they joined.</summary>
internal static class MembersQuery
{
    private static readonly QueryRules ProfileRules = new("profile", [.. ProfileDocument.Fields, "joined_group_at"])
    {
        DefaultPage = 20,
        LargestPage = 100,
        Filters = FilterRule.Text("email", "phone_number"),
        NotSimulated = ["additional-fields[profile]", "sort"],
    };

    private static readonly QueryRules IdRules = ProfileRules with { Fields = [] };

    public static Answer Profiles(KlaviyoCall call) => Read(call, ProfileRules, (query, page) => ResourceDocument.Many(
        query, page, (json, found) => ProfileDocument.Write(json, query.BaseAddress, found.Profile, query.Fields, found.Member.JoinedAt)));

    public static Answer Ids(KlaviyoCall call) => Read(call, IdRules, (query, page) => ResourceDocument.Many(
        query, page, (json, found) => ResourceDocument.WriteIdentity(json, "profile", found.Profile.Id)));

    private static Answer Read(KlaviyoCall call, QueryRules rules, Func<ResourceQuery, Page<Found>, Answer> write)
    {
        if (!ResourceQuery.TryRead(call.Request, rules, out var query, out var problem))
        {
            return problem.ToAnswer();
        }

        var page = call.Account.Use(data => data.Lists.Find(call.Id) is { } list
            ? Page.Numbered(Members(data.Profiles, list.Members, query), found => found.Member.Number, query.Size)
            : null);
        return page is null ? KlaviyoErrors.Unknown("list", call.Id).ToAnswer() : write(query, page);
    }

    private static IEnumerable<Found> Members(ProfileIndex profiles, ListMembers members, ResourceQuery query)
    {
        var start = query.Start ?? 0;
        var asked = query.Filter is { } filter
            ? ProfilesQuery.Find(profiles, filter).Select(profile => members.Find(profile.Id)).OfType<ListMember>()
                .Where(member => member.Number >= start).OrderBy(member => member.Number)
            : members.From(start);
        return asked.SelectMany(member => profiles.Find(ProfileIdentifier.Id(member.ProfileId)) is { } profile
            ? (IEnumerable<Found>)[new Found(member, profile)]
            : []);
    }

    private sealed record Found(ListMember Member, Profile Profile);
}
