namespace KlaviyoRelay.Core.Helpdesks;

/// <summary>A customer of whom the webhook itself says enough.</summary>
/// <param name="Emails">In the webhook's order.</param>
/// <param name="Phone">For a customer without an email; null for none.</param>
/// <param name="PhoneRegion">The country of a number without a country code, by its two letters; null for none.</param>
public sealed record WebhookCustomer(IReadOnlyList<CustomerEmail> Emails, string? Phone, string? PhoneRegion = null);
