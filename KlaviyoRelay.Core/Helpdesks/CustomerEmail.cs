namespace KlaviyoRelay.Core.Helpdesks;

/// <summary>One of a customer's emails.</summary>
/// <param name="Address">As the helpdesk has it.</param>
/// <param name="IsPrimary">Whether it is the one to prefer.</param>
/// <param name="IsVerified">Whether the helpdesk has verified that it is the customer's.</param>
public readonly record struct CustomerEmail(string Address, bool IsPrimary, bool IsVerified);
