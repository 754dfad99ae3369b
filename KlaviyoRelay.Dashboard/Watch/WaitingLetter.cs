using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Dashboard.Watch;

/// <summary>What is remembered of a letter: enough to know it again.</summary>
internal readonly record struct WaitingLetter(DeadLetterReason Reason, int Attempts, string? FirstEmail, DateTimeOffset? ReleaseAt)
{
    public static WaitingLetter Of(DeadLetter letter) => new(letter.Reason, letter.Attempts, letter.Emails is [var first, ..] ? first : null, letter.ReleaseAt);

    /// <summary>Whether both are of the same emails and the same try, whatever was decided since.</summary>
    public bool IsTheWorkOf(WaitingLetter other) => Attempts == other.Attempts && FirstEmail == other.FirstEmail;
}
