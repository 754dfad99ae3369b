using System.Text.RegularExpressions;

namespace KlaviyoRelay.Simulator.Klaviyo.Payloads;

/// <summary>What Klaviyo takes as an address or a phone number.</summary>
internal static partial class IdentifierRules
{
    private const int LongestEmail = 100;

    // Klaviyo accepts events for these with 202 and never records them.
    private static readonly string[] ReservedDomains = ["example.com", "example.org", "example.net", "test.com"];

    public static bool IsEmail(string email) => email.Length <= LongestEmail && Email().IsMatch(email);

    public static bool IsPhone(string phone) => E164().IsMatch(phone);

    public static bool IsReserved(string email) =>
        ReservedDomains.Contains(email[(email.LastIndexOf('@') + 1)..], StringComparer.OrdinalIgnoreCase);

    // Dot-atom or quoted local part, letters of any script; a domain of at least two labels.
    [GeneratedRegex("""
        ^(?:[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*|"(?:[^"\\\p{C}]|\\[^\p{C}])+")@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}\p{N}][\p{L}\p{N}-]*[\p{L}\p{N}]\z
        """, RegexOptions.CultureInvariant)]
    private static partial Regex Email();

    [GeneratedRegex(@"^\+[1-9][0-9]{1,14}\z", RegexOptions.CultureInvariant)]
    private static partial Regex E164();
}
