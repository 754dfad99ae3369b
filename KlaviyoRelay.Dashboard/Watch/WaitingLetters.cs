using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Dashboard.Watch;

/// <summary>The letters that wait of one event. A customer of many emails has several. Not thread-safe.</summary>
internal sealed class WaitingLetters
{
    private const int MaxLetters = 20;

    private readonly List<WaitingLetter> _throttled = [];
    private readonly List<WaitingLetter> _rejected = [];
    private int? _released;

    public bool AnyThrottled => _throttled.Count > 0;

    public bool AnyRejected => _rejected.Count > 0;

    public DateTimeOffset? NextRelease => _throttled.Count == 0 ? null : _throttled.Min(letter => letter.ReleaseAt);

    /// <summary>Why the latest of those waits that the event's state goes by.</summary>
    public DeadLetterReason? Reason => AnyRejected ? _rejected[^1].Reason : AnyThrottled ? _throttled[^1].Reason : null;

    public void Throttle(DeadLetter letter) => Put(_throttled, WaitingLetter.Of(letter));

    public void Reject(DeadLetter letter)
    {
        var rejected = WaitingLetter.Of(letter);
        // It was given up.
        _throttled.RemoveAll(rejected.IsTheWorkOf);
        Put(_rejected, rejected);
    }

    /// <summary>A letter is in the queue again. False when it was known to be, because the relay has it already.</summary>
    public bool Release(DeadLetter letter)
    {
        _released = letter.Attempts;
        return _throttled.RemoveAll(WaitingLetter.Of(letter).IsTheWorkOf) > 0;
    }

    /// <summary>
    /// The relay has taken up what was tried before. It does not say which letter that was: one that was released, one
    /// that is due (its release is told a moment later), or one that a person has sent again, of which nothing is told.
    /// </summary>
    public void Take(int attempts, DateTimeOffset now)
    {
        if (attempts == _released)
        {
            return;
        }

        var sentAgain = _rejected.FindIndex(letter => letter.Attempts == attempts);
        var due = _throttled.FindIndex(letter => letter.Attempts == attempts && (letter.ReleaseAt <= now || sentAgain < 0));
        if (due >= 0)
        {
            _throttled.RemoveAt(due);
        }
        else if (sentAgain >= 0)
        {
            _rejected.RemoveAt(sentAgain);
        }
    }

    public void Clear()
    {
        _throttled.Clear();
        _rejected.Clear();
    }

    // A batch that is read twice writes its letters twice.
    private static void Put(List<WaitingLetter> letters, WaitingLetter letter)
    {
        letters.RemoveAll(letter.IsTheWorkOf);
        if (letters.Count == MaxLetters)
        {
            letters.RemoveAt(0);
        }

        letters.Add(letter);
    }
}

/// <summary>What is remembered of a letter: enough to know it again.</summary>
internal readonly record struct WaitingLetter(DeadLetterReason Reason, int Attempts, string? FirstEmail, DateTimeOffset? ReleaseAt)
{
    public static WaitingLetter Of(DeadLetter letter) => new(letter.Reason, letter.Attempts, letter.Message.Payload.Parts is [var first, ..] ? first : null, letter.ReleaseAt);

    /// <summary>Whether both are of the same emails and the same try, whatever was decided since.</summary>
    public bool IsTheWorkOf(WaitingLetter other) => Attempts == other.Attempts && FirstEmail == other.FirstEmail;
}
