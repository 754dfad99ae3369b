using System.Net.Mail;
using KlaviyoRelay.Core.Connections;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Klaviyo;

namespace KlaviyoRelay.Core.Relaying;

/// <summary>Decides which of a customer's emails get an event. Pure.</summary>
internal static class FanOut
{
    /// <summary>Klaviyo takes emails of up to 100 characters (developers.klaviyo.com).</summary>
    public const int MaxEmailLength = 100;

    /// <summary>
    /// The distinct, valid emails that the rule picks: trimmed, compared without regard to case, in the
    /// helpdesk's order.
    /// </summary>
    public static FanOutPlan Plan(IReadOnlyList<CustomerEmail> emails, EmailRule rule)
    {
        var picked = new List<string>(emails.Count);
        var seen = new HashSet<string>(emails.Count, StringComparer.OrdinalIgnoreCase);
        var invalid = 0;
        foreach (var email in emails)
        {
            var address = email.Address.Trim();
            if (!Picks(rule, email) || !seen.Add(address))
            {
                continue;
            }

            if (IsValid(address))
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
        return customer.Emails.Count == 0 && PhoneNumber.Parse(customer.Phone) is { } phone ? plan with { Emails = [phone] } : plan;
    }

    private static bool Picks(EmailRule rule, CustomerEmail email) => rule switch
    {
        EmailRule.Primary => email.IsPrimary,
        EmailRule.Verified => email.IsVerified,
        _ => true,
    };

    // The parser also takes "Ann <ann@example.com>", which is not an address by itself.
    private static bool IsValid(string address) =>
        address.Length is > 0 and <= MaxEmailLength && (PlainAddress.Is(address) || IsParsed(address));

    private static bool IsParsed(string address) =>
        MailAddress.TryCreate(address, out var parsed)
        && parsed.Address == address
        && parsed.Host.Contains('.', StringComparison.Ordinal)
        && !parsed.Host.EndsWith('.');
}
