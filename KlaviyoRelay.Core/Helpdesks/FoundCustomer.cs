namespace KlaviyoRelay.Core.Helpdesks;

/// <summary>A customer whom a look-up found.</summary>
/// <param name="Emails">In the helpdesk's order.</param>
/// <param name="OpenConversations">How many conversations are open now; null where the helpdesk does not count them.</param>
public sealed record FoundCustomer(IReadOnlyList<CustomerEmail> Emails, int? OpenConversations = null);

/// <summary>One of a customer's emails.</summary>
/// <param name="Address">As the helpdesk has it.</param>
/// <param name="IsPrimary">Whether it is the one to prefer.</param>
/// <param name="IsVerified">Whether the helpdesk has verified that it is the customer's.</param>
public readonly record struct CustomerEmail(string Address, bool IsPrimary, bool IsVerified);
