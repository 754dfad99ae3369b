using System.Text.RegularExpressions;

namespace KlaviyoRelay.Simulator.Klaviyo.Payloads;

/// <summary>What Klaviyo says to a phone number that it does not take, in its own recorded words.</summary>
internal static partial class PhoneRules
{
    public const string Malformed = "Invalid phone number format (Example of a valid format: +12345678901)";
    public const string NotExisting = "The phone number provided either does not exist or is ineligible to receive ChannelType.SMS";
    public const string OtherRegion = "Phone number is valid but is not in a supported region for this account.";

    /// <summary>What is wrong with a number of the right form, or null. Regions are beginnings such as <c>+1</c>; none means all.</summary>
    public static string? Problem(string phone, IReadOnlyList<string> regions) =>
        Fictional().IsMatch(phone) ? NotExisting
        : regions.Count > 0 && !regions.Any(region => phone.StartsWith(region, StringComparison.Ordinal)) ? OtherRegion
        : null;

    // 555-0100 to 555-0199 are reserved for films in every area code of North America.
    [GeneratedRegex(@"^\+1[0-9]{3}55501[0-9]{2}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Fictional();
}
