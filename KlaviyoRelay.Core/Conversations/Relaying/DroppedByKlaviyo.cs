using KlaviyoRelay.Core.Klaviyo.Profiles;
using KlaviyoRelay.Core.Telemetry;

namespace KlaviyoRelay.Core.Conversations.Relaying;

/// <summary>
/// What Klaviyo is documented to accept and then drop (developers.klaviyo.com, Create Event): it is counted here, because
/// an answer of 202 would count it as delivered.
/// </summary>
public static class DroppedByKlaviyo
{
    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Why Klaviyo would drop the event; null when it records it.</summary>
    /// <param name="email">The email, or the phone number.</param>
    /// <param name="occurredAt">When it happened.</param>
    /// <param name="now">The time of day.</param>
    public static string? ReasonFor(string email, DateTimeOffset occurredAt, DateTimeOffset now) =>
        ReservedDomain.Holds(email) ? SkipReasons.ReservedDomain
        : occurredAt < Earliest || occurredAt > now.AddYears(1) ? SkipReasons.TimeOutOfRange
        : null;
}
