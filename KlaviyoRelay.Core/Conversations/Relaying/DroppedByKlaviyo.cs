using KlaviyoRelay.Core.Telemetry;

namespace KlaviyoRelay.Core.Conversations.Relaying;

/// <summary>
/// What Klaviyo is documented to accept and then drop (developers.klaviyo.com, Create Event): it is counted here, because
/// an answer of 202 would count it as delivered.
/// </summary>
public static class DroppedByKlaviyo
{
    // Domains that hold no real address (RFC 2606), and the other one that Klaviyo names.
    private static readonly string[] ReservedDomains = ["example.com", "example.net", "example.org", "test.com"];

    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Why Klaviyo would drop the event; null when it records it.</summary>
    /// <param name="email">The email, or the phone number.</param>
    /// <param name="occurredAt">When it happened.</param>
    /// <param name="now">The time of day.</param>
    public static string? ReasonFor(string email, DateTimeOffset occurredAt, DateTimeOffset now) =>
        IsReserved(email) ? SkipReasons.ReservedDomain
        : occurredAt < Earliest || occurredAt > now.AddYears(1) ? SkipReasons.TimeOutOfRange
        : null;

    private static bool IsReserved(ReadOnlySpan<char> email)
    {
        var host = email[(email.LastIndexOf('@') + 1)..];
        foreach (var domain in ReservedDomains)
        {
            if (host.EndsWith(domain, StringComparison.OrdinalIgnoreCase) && (host.Length == domain.Length || host[^(domain.Length + 1)] == '.'))
            {
                return true;
            }
        }

        return false;
    }
}
