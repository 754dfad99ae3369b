namespace KlaviyoRelay.Core.Helpdesks.Kustomer;

/// <summary>What the relay reads of <c>GET /v1/customers/{id}</c>.</summary>
public sealed record KustomerCustomer
{
    public KustomerCustomerData? Data { get; init; }

    public sealed record KustomerCustomerData(KustomerCustomerAttributes? Attributes);

    /// <param name="Emails">The customer's own; each belongs to one customer.</param>
    /// <param name="SharedEmails">Such an address may belong to several customers.</param>
    /// <param name="ConversationCounts">How many conversations the customer has.</param>
    public sealed record KustomerCustomerAttributes(
        IReadOnlyList<KustomerEmail?>? Emails, IReadOnlyList<KustomerEmail?>? SharedEmails, KustomerConversationCounts? ConversationCounts);

    /// <summary>A snoozed conversation waits for the customer or for a time: it is not over.</summary>
    public sealed record KustomerConversationCounts(int? Open, int? Snoozed);

    public sealed record KustomerEmail(string? Email, bool? Verified);
}
