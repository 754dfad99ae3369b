using KlaviyoRelay.Core.Helpdesks.Checking;

namespace KlaviyoRelay.Core.Checks;

/// <summary>What an account is used for, beside events.</summary>
/// <param name="ReadsProfiles">Klaviyo is asked which profiles exist.</param>
/// <param name="WritesProfiles">Profiles are written one by one.</param>
/// <param name="UsesJobs">Profiles or lists are written by jobs, whose results are read.</param>
/// <param name="StartsFlows">Rows can start flows, of which the first load of a sync warns.</param>
/// <param name="HasCard">A helpdesk's card shows what is known of a customer.</param>
public sealed record KlaviyoNeeds(bool ReadsProfiles, bool WritesProfiles, bool UsesJobs, bool StartsFlows, bool HasCard);

/// <summary>What a check found out about an account's key. A scope that is not needed is null.</summary>
public sealed record KlaviyoFindings
{
    public required Finding Key { get; init; }

    public required Finding AccountsRead { get; init; }

    public required Finding EventsWrite { get; init; }

    public Finding? ProfilesRead { get; init; }

    public Finding? ProfilesWrite { get; init; }

    public Finding? ListsWrite { get; init; }

    public Finding? ListsRead { get; init; }

    public Finding? FlowsRead { get; init; }

    public Finding? SegmentsRead { get; init; }

    public Finding? EventsRead { get; init; }

    public Finding? CampaignsRead { get; init; }

    /// <summary>The same for all that a key is needed for.</summary>
    public static KlaviyoFindings WithoutScopes(Finding key, string why) => new()
    {
        Key = key,
        AccountsRead = Finding.Unknown(why),
        EventsWrite = Finding.Unknown(why),
        ProfilesRead = Finding.Unknown(why),
    };
}
