namespace KlaviyoRelay.Core.Telemetry;

/// <summary>
/// How the relay knows that it saw an event twice. Klaviyo drops the second record of a <c>unique_id</c> and does
/// not tell, so what was sent again is counted as delivered again.
/// </summary>
public static class DuplicateReasons
{
    /// <summary>It was in one batch twice; the second was not sent.</summary>
    public const string SameBatch = "same-batch";

    public static IReadOnlyList<string> All { get; } = [SameBatch];
}

/// <summary>Why an email got no event, or a customer none at all.</summary>
public static class SkipReasons
{
    /// <summary>The helpdesk knows no email of the customer, or none that the connection's rule picks.</summary>
    public const string NoEmail = "no-email";

    /// <summary>It is no address, or a longer one than Klaviyo takes.</summary>
    public const string Invalid = "invalid";

    /// <summary>Klaviyo has no profile of it, and the connection may not create any.</summary>
    public const string NoProfile = "no-profile";

    /// <summary>A customer rated, and what the helpdesk sent is no rating that the relay can read.</summary>
    public const string NoRating = "no-rating";

    /// <summary>It is at a domain such as example.com, whose events Klaviyo accepts and drops.</summary>
    public const string ReservedDomain = "reserved-domain";

    /// <summary>The event is of before 2000 or of more than a year ahead, which Klaviyo does not record.</summary>
    public const string TimeOutOfRange = "time-out-of-range";

    public static IReadOnlyList<string> All { get; } = [NoEmail, Invalid, NoProfile, NoRating, ReservedDomain, TimeOutOfRange];
}
