namespace KlaviyoRelay.Core.Klaviyo.Profiles;

/// <summary>Domains whose emails Klaviyo takes, and then drops with what comes with them (developers.klaviyo.com, Create Event).</summary>
public static class ReservedDomain
{
    // Domains that hold no real address (RFC 2606), and the other one that Klaviyo names.
    private static readonly string[] Domains = ["example.com", "example.net", "example.org", "test.com"];

    /// <summary>Whether an email is of such a domain; a phone number never is.</summary>
    public static bool Holds(ReadOnlySpan<char> email)
    {
        var host = email[(email.LastIndexOf('@') + 1)..];
        foreach (var domain in Domains)
        {
            if (host.EndsWith(domain, StringComparison.OrdinalIgnoreCase) && (host.Length == domain.Length || host[^(domain.Length + 1)] == '.'))
            {
                return true;
            }
        }

        return false;
    }
}
