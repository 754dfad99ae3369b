namespace KlaviyoRelay.Core.Helpdesks.Gladly;

/// <summary>What the relay reads of <c>GET /api/v1/customer-profiles/{id}</c>.</summary>
public sealed record GladlyCustomerProfile
{
    /// <summary>Always there: an answer without it is no profile.</summary>
    public string? Id { get; init; }

    /// <summary>Missing or empty for a customer who has only phone numbers.</summary>
    public IReadOnlyList<GladlyEmail?>? Emails { get; init; }

    /// <param name="Normalized">Lower case; the one to prefer.</param>
    /// <param name="Original">As it was entered.</param>
    /// <param name="Primary">At most one email of a customer is primary.</param>
    public sealed record GladlyEmail(string? Normalized, string? Original, bool? Primary);
}
