using KlaviyoRelay.Core.Klaviyo.Campaigns;
using KlaviyoRelay.Core.Klaviyo.Segments;

namespace KlaviyoRelay.Core.Campaigns.Drafts;

/// <summary>The lists and segments that a campaign goes to and leaves out.</summary>
/// <param name="Included">Those that get it.</param>
/// <param name="Excluded">Those that don't, the segments of customers in conversation among them.</param>
/// <param name="InConversation">The segments of customers in conversation that are left out by default.</param>
public sealed record AudienceChoice(IReadOnlyList<Audience> Included, IReadOnlyList<Audience> Excluded, IReadOnlyList<Audience> InConversation)
{
    /// <summary>Finds what a request names.</summary>
    /// <param name="draft">The request.</param>
    /// <param name="known">Every list and segment of the account.</param>
    /// <param name="connections">The connections that feed the account, each of which has customers in conversation.</param>
    /// <param name="account">The account's name, for what to do.</param>
    /// <param name="problems">What is wrong; empty when nothing is.</param>
    /// <returns>Null when something is wrong.</returns>
    public static AudienceChoice? Of(CampaignDraft draft, IReadOnlyList<Audience> known, IEnumerable<string> connections, string account, out IReadOnlyList<CampaignProblem> problems)
    {
        var found = new List<CampaignProblem>();
        var included = draft.Included.Select(text => Find(text, known, "audiences.included", found)).OfType<Audience>().DistinctBy(one => one.Id).ToList();
        var excluded = draft.Excluded.Select(text => Find(text, known, "audiences.excluded", found)).OfType<Audience>().DistinctBy(one => one.Id).ToList();
        var inConversation = draft.IsWithoutExclusion ? [] : InConversationOf(known, connections, account, found);
        if (included.FirstOrDefault(one => excluded.Exists(other => other.Id == one.Id)) is { } both)
        {
            found.Add(new CampaignProblem($"'{both.Name}' is both included and excluded: it would get nothing.", "audiences.excluded"));
        }

        problems = found;
        return found.Count > 0 ? null : new AudienceChoice(included, [.. excluded.Concat(inConversation).DistinctBy(one => one.Id)], inConversation);
    }

    private static List<Audience> InConversationOf(IReadOnlyList<Audience> known, IEnumerable<string> connections, string account, List<CampaignProblem> found)
    {
        var segments = new List<Audience>();
        foreach (var connection in connections)
        {
            var name = ConversationSegments.InConversation(connection);
            if (known.FirstOrDefault(one => one.Kind == Audience.Segment && one.Name == name) is not { } segment)
            {
                found.Add(new CampaignProblem(
                    $"The Klaviyo account has no segment '{name}', which keeps customers in conversation out: run `relay segments create --account {account}`, or say withoutExclusion to mail them too.", "withoutExclusion"));
            }
            else if (!segment.IsActive)
            {
                found.Add(new CampaignProblem(
                    $"Klaviyo no longer computes the segment '{name}', which keeps customers in conversation out: make it active in Klaviyo, or say withoutExclusion to mail them too.", "withoutExclusion"));
            }
            else
            {
                segments.Add(segment);
            }
        }

        return segments;
    }

    /// <summary>By id, else by name, else by name in another case.</summary>
    private static Audience? Find(string text, IReadOnlyList<Audience> known, string field, List<CampaignProblem> found)
    {
        if (known.FirstOrDefault(one => one.Id == text) is { } byId)
        {
            return byId;
        }

        var byName = known.Where(one => one.Name == text).ToList();
        byName = byName.Count > 0 ? byName : [.. known.Where(one => string.Equals(one.Name, text, StringComparison.OrdinalIgnoreCase))];
        if (byName is [var only])
        {
            return only;
        }

        found.Add(byName.Count > 1
            ? new CampaignProblem($"'{text}' is the name of several: say which by its id, one of {string.Join(", ", byName.Select(one => $"{one.Id} ({one.Kind})"))}.", field)
            : new CampaignProblem($"There is no list or segment '{text}' in the Klaviyo account (any more): `relay campaigns audiences --account` lists those there are.", field));
        return null;
    }
}
