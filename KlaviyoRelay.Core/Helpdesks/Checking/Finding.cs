namespace KlaviyoRelay.Core.Helpdesks.Checking;

/// <summary>A <see cref="CheckLine"/> whose subject is still to be named.</summary>
public sealed record Finding(CheckOutcome Outcome, string Detail, string? Fix)
{
    public static Finding Ok(string detail) => new(CheckOutcome.Ok, detail, null);

    public static Finding Warning(string detail, string fix) => new(CheckOutcome.Warning, detail, fix);

    public static Finding Failed(string detail, string fix) => new(CheckOutcome.Failed, detail, fix);

    /// <summary>From a message of the relay's own, which says what is wrong, a colon, and what to do.</summary>
    /// <param name="otherwise">What to do where the message does not say it.</param>
    public static Finding FailedBy(string message, string otherwise) =>
        message.TrimEnd('.').Split(": ", 2) is [var detail, var fix] ? Failed(detail, fix) : Failed(message.TrimEnd('.'), otherwise);

    public static Finding NotNeeded(string detail) => new(CheckOutcome.NotNeeded, detail, null);

    public static Finding Unknown(string detail, string? fix = null) => new(CheckOutcome.Unknown, $"Could not be told: {detail}", fix);

    public CheckLine Of(string subject) => new(subject, Outcome, Detail, Fix);
}

/// <summary>One thing that was checked. Its words hold no secret: an operator may see them.</summary>
/// <param name="Subject">What was checked, such as <c>Klaviyo main: events:write</c>.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Detail">What was found, a sentence; never a secret.</param>
/// <param name="Fix">What to do about it; null when there is nothing to do.</param>
public sealed record CheckLine(string Subject, CheckOutcome Outcome, string Detail, string? Fix);
