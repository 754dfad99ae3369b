using System.Text.Json;
using KlaviyoRelay.Simulator.Klaviyo.Conditions;
using KlaviyoRelay.Simulator.Klaviyo.Recording;
using KlaviyoRelay.Simulator.Klaviyo.Segments;

namespace KlaviyoRelay.Simulator.Klaviyo.Campaigns;

/// <summary>Who is in lists and segments. Of a segment with a condition that the simulator does not run, nobody is.</summary>
internal static class Recipients
{
    /// <summary>How many get a campaign.</summary>
    public static int Of(AccountData data, Campaign campaign, DateTimeOffset now) =>
        campaign.Included.SelectMany(id => Members(data, id, now)).Except(campaign.Excluded.SelectMany(id => Members(data, id, now)), StringComparer.Ordinal).Count();

    /// <summary>The ids of the profiles of a list or segment.</summary>
    public static IReadOnlyList<string> Members(AccountData data, string id, DateTimeOffset now)
    {
        if (data.Lists.Find(id) is { } list)
        {
            return [.. list.Members.From(0).Select(member => member.ProfileId)];
        }

        if (data.Segments.Find(id) is not { Definition.ValueKind: JsonValueKind.Object } segment)
        {
            return [];
        }

        var run = SegmentMembers.ConditionsOf(data);
        return [.. data.Profiles.All.Where(profile => IsIn(run, segment.Definition, Person.Of(data, profile, now))).Select(profile => profile.Id)];
    }

    private static bool IsIn(ConditionRun run, JsonElement definition, Person person)
    {
        try
        {
            return run.IsMet(definition, person);
        }
        catch (Exception exception) when (exception is NotSupportedException or KeyNotFoundException)
        {
            return false;
        }
    }
}
