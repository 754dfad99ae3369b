namespace KlaviyoRelay.Core.Records;

/// <summary>Why a row is not sent, or was refused.</summary>
/// <param name="Row">The row's number.</param>
/// <param name="Column">The column that is to blame; null when it is not known.</param>
/// <param name="Reason">The reason, one of <see cref="RowReasons"/>.</param>
/// <param name="Detail">What is wrong, in words or in Klaviyo's.</param>
public sealed record RowRejection(int Row, string? Column, string Reason, string Detail);

/// <summary>What is said of a row that is sent all the same.</summary>
/// <param name="Row">The row's number.</param>
/// <param name="Column">The column.</param>
/// <param name="Detail">What was left out, and why.</param>
public sealed record RowWarning(int Row, string? Column, string Detail);

/// <summary>Why rows are rejected. This is the whole vocabulary.</summary>
public static class RowReasons
{
    public const string NoIdentifier = "no-identifier";
    public const string NoKey = "no-key";
    public const string BadEmail = "bad-email";
    public const string BadPhone = "bad-phone";
    public const string BadTime = "bad-time";
    public const string BadValue = "bad-value";
    public const string BadMetric = "bad-metric";
    public const string TooLarge = "too-large";

    /// <summary>Klaviyo takes addresses of example.com and the like, and then drops them.</summary>
    public const string ReservedDomain = "reserved-domain";

    /// <summary>Klaviyo refused the row.</summary>
    public const string Refused = "refused";

    /// <summary>The profile is unknown to Klaviyo, and the sync makes none.</summary>
    public const string UnknownProfile = "unknown-profile";
}
