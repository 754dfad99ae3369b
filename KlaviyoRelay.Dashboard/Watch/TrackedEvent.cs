using System.Globalization;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Texts;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Dashboard.Watch;

/// <summary>
/// What is remembered of one event. Not thread-safe: the board locks. Texts are put together when a page asks, and
/// emails are masked then.
/// </summary>
internal sealed class TrackedEvent(EventSubject subject, string? trace, DateTimeOffset firstSeen)
{
    private const int MaxEmails = 10;
    private const int MaxDetail = 300;

    private readonly EventTimeline _timeline = new();
    private readonly List<string> _emails = [];
    private readonly WaitingLetters _letters = new();
    private readonly AttemptLog _tries = new();
    private bool _isTaken;
    private int _delivered;
    private int? _total;
    private int _attempts;
    private double? _latencyMs;
    private string? _skipped;
    private string _detail = "";

    /// <summary>The board's count of changes when this changed last.</summary>
    public long Version { get; set; }

    public string Id => subject.Id;

    /// <summary>When the first of its letters is tried again; null when none waits for a time.</summary>
    public DateTimeOffset? NextRelease => _letters.NextRelease;

    public EventState State =>
        _letters.AnyRejected ? EventState.Rejected
        : _letters.AnyThrottled ? EventState.Throttled
        : !_isTaken ? EventState.Queued
        : _total is not { } total || _delivered < total ? EventState.Relaying
        : _delivered == 0 ? EventState.Skipped
        : EventState.Delivered;

    /// <summary>The queue has it; the relay may be at work on it already.</summary>
    public void Queued(DateTimeOffset now, string stage, string text) => Note(now, stage, () => text);

    public void Taken(DateTimeOffset now, int attempts)
    {
        _isTaken = true;
        _attempts = attempts;
        if (attempts == 0)
        {
            (_delivered, _total, _skipped) = (0, FirstTotal, null);
        }
        else
        {
            _total ??= FirstTotal;
            _letters.Take(attempts, now);
        }

        Note(now, "relay", () => attempts == 0 ? "Taken from the queue" : string.Create(CultureInfo.InvariantCulture, $"Taken from the queue again, after {attempts} {(attempts == 1 ? "try" : "tries")}"));
    }

    public void FannedOut(DateTimeOffset now, int emails)
    {
        // What comes again has only the emails in it that are left.
        _total ??= emails;
        Note(now, "relay", () => emails == 1 ? "To be sent for 1 email" : string.Create(CultureInfo.InvariantCulture, $"To be sent for {emails} emails"));
    }

    public void Skipped(DateTimeOffset now, string reason, int count)
    {
        _skipped = reason;
        // Before the fan-out it is not known how many there are.
        _total = _total is { } total ? Math.Max(0, total - count) : null;
        Note(now, "skipped", () => subject.IsCustomer ? $"No profile is written: {reason}"
            : count == 1 ? $"An email gets no event: {reason}" : string.Create(CultureInfo.InvariantCulture, $"{count} emails get no event: {reason}"));
    }

    public void Tried(DateTimeOffset now, SentToKlaviyo sent, HttpTry what)
    {
        Remember(sent.Email);
        _tries.Add(now, sent, what);
    }

    public void Delivered(DateTimeOffset now, string email, double? latencyMs)
    {
        _delivered++;
        _latencyMs = latencyMs ?? _latencyMs;
        if (_delivered >= _total)
        {
            _letters.Clear();
        }

        Remember(email);
        Note(now, "klaviyo", () => subject.IsCustomer ? $"Klaviyo has the profile of {SentToKlaviyo.Masked(email)}" : $"Klaviyo accepted the event for {EmailMask.Apply(email)}");
    }

    public void DeadLettered(DateTimeOffset now, string queue, DeadLetter letter)
    {
        if (queue == QueueNames.DeadLetterRejected)
        {
            _letters.Reject(letter);
        }
        else
        {
            _letters.Throttle(letter);
        }

        foreach (var email in letter.Message.Payload.Parts)
        {
            Remember(email);
        }

        // Not the letter itself, which may hold a hundred emails.
        var (reason, detail) = (letter.Reason, Detail(letter.Detail));
        Note(now, queue, () => $"{DeadLetterReasons.NameOf(reason)}: {EmailMask.Apply(detail)}");
    }

    public void Released(DateTimeOffset now, DeadLetter letter)
    {
        if (_letters.Release(letter))
        {
            _isTaken = false;
        }

        Note(now, "queue", () => "Released, and queued again");
    }

    public EventRow Row()
    {
        var state = State;
        return new EventRow(
            subject.Id,
            subject.Connection,
            subject.Account,
            subject.Kind,
            firstSeen,
            subject.Conversation,
            subject.Customer,
            [.. _emails.Select(SentToKlaviyo.Masked)],
            state,
            Math.Min(_delivered, _total ?? _delivered),
            _total,
            Until: state == EventState.Throttled ? NextRelease : null,
            Reason: _letters.Reason is { } reason ? DeadLetterReasons.NameOf(reason) : state == EventState.Skipped ? _skipped : null,
            _latencyMs,
            _attempts);
    }

    public EventDetail Detail()
    {
        var (attempts, leftOut) = _tries.Read();
        return new EventDetail(Row(), _timeline.Read(), attempts, leftOut, trace);
    }

    // A customer has one profile. To how many emails a conversation's event goes is known later.
    private int? FirstTotal => subject.IsCustomer ? 1 : null;

    private void Note(DateTimeOffset now, string stage, Func<string> text) => _timeline.Add(now, stage, text);

    private void Remember(string email)
    {
        if (_emails.Count < MaxEmails && !_emails.Contains(email, StringComparer.OrdinalIgnoreCase))
        {
            _emails.Add(email);
        }
    }

    /// <summary>The same text is kept once, and masked before it is cut: half an email would not be known as one.</summary>
    private string Detail(string detail)
    {
        var kept = detail.Length <= MaxDetail ? detail : $"{EmailMask.Apply(detail)[..MaxDetail]}…";
        return _detail = kept == _detail ? _detail : kept;
    }
}
