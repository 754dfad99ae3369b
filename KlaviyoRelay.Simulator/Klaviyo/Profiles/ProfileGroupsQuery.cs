using KlaviyoRelay.Simulator.Http;
using KlaviyoRelay.Simulator.Klaviyo.Documents;
using KlaviyoRelay.Simulator.Klaviyo.Lists;
using KlaviyoRelay.Simulator.Klaviyo.Queries;
using KlaviyoRelay.Simulator.Klaviyo.Recording;
using KlaviyoRelay.Simulator.Klaviyo.Segments;

namespace KlaviyoRelay.Simulator.Klaviyo.Profiles;

/// <summary><c>GET /api/profiles/{id}/lists</c> and <c>/segments</c>, all on one page. The segments are those that the control API named.</summary>
internal static class ProfileGroupsQuery
{
    private static readonly QueryRules ListRules = new("list", ListDocument.Fields);

    public static Answer Lists(KlaviyoCall call) => Read(call, ListRules, (data, profile) => data.Lists.All.Where(list => list.Members.Find(profile.Id) is not null), (query, lists) =>
        ResourceDocument.Many(query, new Page<KlaviyoList>(lists, null), (json, list) => ListDocument.Write(json, query.BaseAddress, list, query.Fields)));

    public static Answer Segments(KlaviyoCall call) => Read(call, SegmentsQuery.OfProfileRules, (data, profile) => data.Segments.All.Where(segment => profile.Segments.Contains(segment.Id)), (query, segments) =>
        ResourceDocument.Many(query, new Page<Segment>(segments, null), (json, segment) => SegmentsQuery.Write(json, query, segment)));

    private static Answer Read<T>(KlaviyoCall call, QueryRules rules, Func<AccountData, Profile, IEnumerable<T>> find, Func<ResourceQuery, IReadOnlyList<T>, Answer> write)
    {
        if (!ResourceQuery.TryRead(call.Request, rules, out var query, out var problem))
        {
            return problem.ToAnswer();
        }

        return call.Account.Use(data => data.Profiles.Find(ProfileIdentifier.Id(call.Id)) is { } profile
            ? write(query, [.. find(data, profile)])
            : KlaviyoErrors.Unknown("profile", call.Id).ToAnswer());
    }
}
