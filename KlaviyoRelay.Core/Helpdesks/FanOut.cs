using KlaviyoRelay.Core.Klaviyo.Profiles;
using KlaviyoRelay.Core.Telemetry;

namespace KlaviyoRelay.Core.Helpdesks;

/// <summary>Decides which of a customer's emails get an event. Pure.</summary>
public static class FanOut
{
    /// <summary>
    /// The distinct, valid emails that the rule picks: without what is written around them, compared without regard to case, in the
    /// helpdesk's order.
    /// </summary>
    public static FanOutPlan Plan(IReadOnlyList<CustomerEmail> emails, EmailRule rule)
    {
        var picked = new List<string>(emails.Count);
        var seen = new HashSet<string>(emails.Count, StringComparer.OrdinalIgnoreCase);
        var invalid = 0;
        foreach (var email in emails)
        {
            var address = EmailAddress.Of(email.Address);
            if (!Picks(rule, email) || !seen.Add(address ?? email.Address.Trim()))
            {
                continue;
            }

            if (address is not null)
            {
                picked.Add(address);
            }
            else
            {
                invalid++;
            }
        }

        return new FanOutPlan(picked, invalid);
    }

    /// <summary>
    /// As above, of a customer of whom the webhook tells; one without any email gets the event by the phone number.
    /// One whose emails the rule leaves out, or Klaviyo would not take, does not.
    /// </summary>
    public static FanOutPlan Plan(WebhookCustomer customer, Connection connection)
    {
        var plan = Plan(customer.Emails, connection.Emails);
        return customer.Emails.Count == 0 && PhoneNumber.Parse(customer.Phone, customer.PhoneRegion) is { } phone ? plan with { Emails = [phone] } : plan;
    }

    private static bool Picks(EmailRule rule, CustomerEmail email) => rule switch
    {
        EmailRule.Primary => email.IsPrimary,
        EmailRule.Verified => email.IsVerified,
        _ => true,
    };
}

/// <param name="Emails">The emails that get an event.</param>
/// <param name="Invalid">How many were left out because Klaviyo would not take them.</param>
public sealed record FanOutPlan(IReadOnlyList<string> Emails, int Invalid)
{
    /// <summary>How many emails count as skipped, and why; null for none. A customer without emails counts as one.</summary>
    public (string Reason, int Count)? Skipped =>
        Invalid > 0 ? (SkipReasons.Invalid, Invalid)
        : Emails.Count == 0 ? (SkipReasons.NoEmail, 1)
        : null;
}
