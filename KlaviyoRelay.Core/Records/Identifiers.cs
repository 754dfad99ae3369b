namespace KlaviyoRelay.Core.Records;

/// <summary>What tells a profile from all others, each in the form in which Klaviyo compares it.</summary>
/// <param name="Email">The email.</param>
/// <param name="Phone">The phone number in E.164.</param>
/// <param name="ExternalId">The id in the source.</param>
public sealed record Identifiers(string? Email, string? Phone, string? ExternalId)
{
    public int Count => (Email is null ? 0 : 1) + (Phone is null ? 0 : 1) + (ExternalId is null ? 0 : 1);

    /// <summary>The one that is trusted when they belong to several profiles.</summary>
    public string? Trusted => Email ?? Phone ?? ExternalId;

    /// <summary>The identifiers with their kinds. An email is the same in whatever case it is written.</summary>
    public IEnumerable<(string Kind, string Value)> Compared()
    {
        if (Email is not null)
        {
            yield return ("email", Email.ToLowerInvariant());
        }

        if (Phone is not null)
        {
            yield return ("phone_number", Phone);
        }

        if (ExternalId is not null)
        {
            yield return ("external_id", ExternalId);
        }
    }
}
