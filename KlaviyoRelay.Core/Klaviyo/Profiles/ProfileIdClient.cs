using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Core.Klaviyo.Profiles;

/// <summary>The identifiers that Klaviyo returns with a profile's id.</summary>
public sealed record ProfileIdAttributes
{
    public string? Email { get; set; }

    public string? PhoneNumber { get; set; }

    public string? ExternalId { get; set; }
}

/// <summary>Finds the ids of profiles by an identifier. The answer has up to 100 profiles a page, and every page is read.</summary>
public sealed class ProfileIdClient(KlaviyoApi klaviyo)
{
    private const string Profiles = "api/profiles";

    /// <summary>The ids of the profiles that Klaviyo has, by their emails in lower case.</summary>
    public Task<Result<IReadOnlyDictionary<string, string>>> FindByEmailAsync(
        KlaviyoAccount account, IEnumerable<string> emails, string? list, BatchBudget budget, CancellationToken cancellationToken) =>
        FindAsync(account, list, "email", emails.Select(email => email.ToLowerInvariant()), profile => profile.Email?.ToLowerInvariant(), budget, cancellationToken);

    /// <summary>The same by phone numbers.</summary>
    public Task<Result<IReadOnlyDictionary<string, string>>> FindByPhoneAsync(
        KlaviyoAccount account, IEnumerable<string> phones, string? list, BatchBudget budget, CancellationToken cancellationToken) =>
        FindAsync(account, list, "phone_number", phones, profile => profile.PhoneNumber, budget, cancellationToken);

    /// <summary>The same by the ids in the source. The members of a list can't be asked so.</summary>
    public Task<Result<IReadOnlyDictionary<string, string>>> FindByExternalIdAsync(
        KlaviyoAccount account, IEnumerable<string> externalIds, BatchBudget budget, CancellationToken cancellationToken) =>
        FindAsync(account, list: null, "external_id", externalIds, profile => profile.ExternalId, budget, cancellationToken);

    /// <param name="account">Whose key and limits to use.</param>
    /// <param name="list">Only members of this list; null for every profile.</param>
    /// <param name="field">The identifier.</param>
    /// <param name="values">Its values.</param>
    /// <param name="valueOf">The identifier of an answered profile.</param>
    /// <param name="budget">The time that is left.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    private async Task<Result<IReadOnlyDictionary<string, string>>> FindAsync(
        KlaviyoAccount account, string? list, string field, IEnumerable<string> values, Func<ProfileIdAttributes, string?> valueOf, BatchBudget budget, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        var path = list is null ? Profiles : $"api/lists/{list}/profiles";
        foreach (var query in IdentifierFilter.Queries(field, values.Distinct(StringComparer.Ordinal)))
        {
            var endpoint = list is null ? KlaviyoEndpoint.FindProfiles : KlaviyoEndpoint.FindMembers;
            var call = new KlaviyoCall(account, Lane.Records, endpoint, HttpMethod.Get, $"{path}?{query}") { Route = list is null ? Profiles : null };
            var read = await klaviyo.ReadAllAsync(call, KlaviyoResourcesJsonContext.Default.KlaviyoPageProfileIdAttributes, budget, cancellationToken);
            if (!read.IsSuccess)
            {
                return Result.Failed<IReadOnlyDictionary<string, string>>(read.Failure);
            }

            foreach (var profile in read.Value ?? [])
            {
                if (profile is { Id: { } id, Attributes: { } attributes } && valueOf(attributes) is { } value)
                {
                    found[value] = id;
                }
            }
        }

        return Result.Of<IReadOnlyDictionary<string, string>>(found);
    }
}
