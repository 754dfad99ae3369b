using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Core.Klaviyo.Profiles;

/// <summary>A list or a segment as Klaviyo returns it.</summary>
public sealed record GroupAttributes
{
    public string? Name { get; set; }
}

/// <summary>A list or a segment that a profile is in.</summary>
public sealed record ProfileGroup(string Id, string Name);

/// <summary>
/// What card pages need of profiles: who has one of some emails, with consent, and the groups that one is in (developers.klaviyo.com, Get
/// Profiles, Get Lists for Profile, Get Segments for Profile).
/// </summary>
public sealed class ProfileGroupClient(KlaviyoApi klaviyo)
{
    private const string Profiles = "api/profiles";
    private const string Select = "fields%5Bprofile%5D=email%2Clast_event_date%2Cproperties&additional-fields%5Bprofile%5D=subscriptions";

    /// <summary>The profiles of these emails.</summary>
    public async Task<Result<IReadOnlyList<KlaviyoResource<ConsentedProfileAttributes>>>> FindAsync(
        KlaviyoAccount account, IEnumerable<string> emails, BatchBudget budget, CancellationToken cancellationToken)
    {
        var found = new List<KlaviyoResource<ConsentedProfileAttributes>>();
        foreach (var query in IdentifierFilter.Queries("email", emails, Select))
        {
            var call = new KlaviyoCall(account, Lane.Insights, KlaviyoEndpoint.FindProfiles, HttpMethod.Get, $"{Profiles}?{query}") { Route = Profiles };
            var page = await klaviyo.ReadAllAsync(call, KlaviyoResourcesJsonContext.Default.KlaviyoPageConsentedProfileAttributes, budget, cancellationToken);
            if (!page.IsSuccess)
            {
                return Result.Failed<IReadOnlyList<KlaviyoResource<ConsentedProfileAttributes>>>(page.Failure);
            }

            found.AddRange(page.Value.Where(profile => profile is { Id.Length: > 0, Attributes: not null }));
        }

        return Result.Of<IReadOnlyList<KlaviyoResource<ConsentedProfileAttributes>>>(found);
    }

    /// <summary>The lists that a profile is a member of.</summary>
    public Task<Result<IReadOnlyList<ProfileGroup>>> ListsAsync(KlaviyoAccount account, string profile, BatchBudget budget, CancellationToken cancellationToken) =>
        GroupsAsync(account, KlaviyoEndpoint.ReadProfileLists, $"{Profiles}/{Uri.EscapeDataString(profile)}/lists?fields%5Blist%5D=name", budget, cancellationToken);

    /// <summary>The segments that a profile is in.</summary>
    public Task<Result<IReadOnlyList<ProfileGroup>>> SegmentsAsync(KlaviyoAccount account, string profile, BatchBudget budget, CancellationToken cancellationToken) =>
        GroupsAsync(account, KlaviyoEndpoint.ReadProfileSegments, $"{Profiles}/{Uri.EscapeDataString(profile)}/segments?fields%5Bsegment%5D=name", budget, cancellationToken);

    private async Task<Result<IReadOnlyList<ProfileGroup>>> GroupsAsync(
        KlaviyoAccount account, KlaviyoEndpoint endpoint, string path, BatchBudget budget, CancellationToken cancellationToken)
    {
        var call = new KlaviyoCall(account, Lane.Insights, endpoint, HttpMethod.Get, path);
        var groups = await klaviyo.ReadAllAsync(call, KlaviyoResourcesJsonContext.Default.KlaviyoPageGroupAttributes, budget, cancellationToken);
        return groups.IsSuccess
            ? Result.Of<IReadOnlyList<ProfileGroup>>([.. groups.Value.Where(group => group.Id is not null).Select(group => new ProfileGroup(group.Id ?? "", group.Attributes?.Name ?? group.Id ?? ""))])
            : Result.Failed<IReadOnlyList<ProfileGroup>>(groups.Failure);
    }
}
