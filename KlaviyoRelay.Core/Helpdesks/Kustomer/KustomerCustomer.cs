namespace KlaviyoRelay.Core.Helpdesks.Kustomer;

/// <summary>What the relay reads of <c>GET /v1/customers/{id}</c>.</summary>
internal sealed record KustomerCustomer
{
    public KustomerCustomerData? Data { get; init; }

    internal sealed record KustomerCustomerData(KustomerCustomerAttributes? Attributes);

    /// <summary>Leaves <c>sharedEmails</c> out: such an address may belong to several customers.</summary>
    internal sealed record KustomerCustomerAttributes(IReadOnlyList<KustomerEmail?>? Emails, KustomerConversationCounts? ConversationCounts);

    /// <summary>A snoozed conversation waits for the customer or for a time: it is not over.</summary>
    internal sealed record KustomerConversationCounts(int? Open, int? Snoozed);

    internal sealed record KustomerEmail(string? Email, bool? Verified);
}
