using KlaviyoRelay.Simulator.Http;
using KlaviyoRelay.Simulator.Klaviyo.Conditions;
using KlaviyoRelay.Simulator.Klaviyo.Documents;
using KlaviyoRelay.Simulator.Klaviyo.Profiles;
using KlaviyoRelay.Simulator.Klaviyo.Queries;
using KlaviyoRelay.Simulator.Klaviyo.Recording;

namespace KlaviyoRelay.Simulator.Klaviyo.Segments;

/// <summary>The members of segments, computed when they are asked for: Klaviyo needs minutes.</summary>
internal static class SegmentMembers
{
    private static readonly QueryRules Rules = new("profile", ProfileDocument.Fields) { DefaultPage = 20, LargestPage = 100, NotSimulated = ["additional-fields[profile]", "filter", "sort"] };

    public static Answer Profiles(KlaviyoCall call)
    {
        if (!ResourceQuery.TryRead(call.Request, Rules, out var query, out var problem))
        {
            return problem.ToAnswer();
        }

        return call.Account.Use(data => data.Segments.Find(call.Id) is null
            ? KlaviyoErrors.Unknown("segment", call.Id).ToAnswer()
            : ResourceDocument.Many(query, Page.Of(Of(data, [call.Id], call.Now), query), (json, profile) => ProfileDocument.Write(json, query.BaseAddress, profile, query.Fields)));
    }

    /// <summary>The profiles that are in one of some lists and segments.</summary>
    public static IReadOnlyList<Profile> Of(AccountData data, IReadOnlyCollection<string> groups, DateTimeOffset now)
    {
        var conditions = ConditionsOf(data);
        return [.. data.Profiles.All.Where(profile => conditions.IsMember(groups, Person.Of(data, profile, now)))];
    }

    public static ConditionRun ConditionsOf(AccountData data) => new(data.Segments.All.ToDictionary(segment => segment.Id, segment => segment.Definition, StringComparer.Ordinal));
}
