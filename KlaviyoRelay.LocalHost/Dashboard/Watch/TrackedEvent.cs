using System.Globalization;
using KlaviyoRelay.Core.Conversations;
using KlaviyoRelay.Core.DeadLetters;
using KlaviyoRelay.Core.Queueing;

namespace KlaviyoRelay.LocalHost.Dashboard.Watch;

/// <summary>
/// What is remembered of one event. Not thread-safe: the board locks. Texts are put together when somebody looks, and
/// emails are masked then.
/// </summary>
internal sealed class TrackedEvent(ConversationEvent happened, DateTimeOffset firstSeen)
{
    // A customer with hundreds of emails, or an event that is tried all day, stays small.
    private const int MaxEntries = 100;
    private const int MaxEmails = 10;

    private readonly List<(DateTimeOffset At, string Stage, Func<string> Text)> _timeline = [];
    private readonly List<string> _emails = [];
    private int _leftOut;
    private bool _isTaken;
    private int _delivered;
    private int? _total;
    private int _attempts;
    private double? _latencyMs;
    private string? _skipped;
    private DeadLetter? _throttled;
    private DeadLetter? _rejected;

    /// <summary>The board's count of changes when this changed last.</summary>
    public long Version { get; set; }

    public string Id => happened.Id;

    public DateTimeOffset? Until => _throttled?.ReleaseAt;

    public EventState State =>
        _rejected is not null ? EventState.Rejected
        : _throttled is not null ? EventState.Throttled
        : !_isTaken ? EventState.Queued
        : _total is not { } total || _delivered < total ? EventState.Relaying
        : total == 0 ? EventState.Skipped
        : EventState.Delivered;

    /// <summary>The queue has it; the relay may be at work on it already.</summary>
    public void Queued(DateTimeOffset now, string stage, string text) => Note(now, stage, () => text);

    public void Taken(DateTimeOffset now, int attempts)
    {
        _isTaken = true;
        _attempts = attempts;
        if (attempts == 0)
        {
            (_delivered, _total, _skipped) = (0, null, null);
        }
        else if (_throttled is not null)
        {
            _throttled = null;
        }
        else
        {
            _rejected = null;
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
        _total -= count;
        Note(now, "skipped", () => count == 1 ? $"An email gets no event: {reason}" : string.Create(CultureInfo.InvariantCulture, $"{count} emails get no event: {reason}"));
    }

    public void Delivered(DateTimeOffset now, string email, double? latencyMs)
    {
        _delivered++;
        _latencyMs = latencyMs ?? _latencyMs;
        Remember(email);
        Note(now, "klaviyo", () => $"Klaviyo accepted the event for {EmailMask.Apply(email)}");
    }

    public void DeadLettered(DateTimeOffset now, string queue, DeadLetter letter)
    {
        (_throttled, _rejected) = queue == QueueNames.DeadLetterThrottled ? (letter, _rejected) : (null, letter);
        foreach (var email in letter.Emails ?? [])
        {
            Remember(email);
        }

        Note(now, queue, () => $"{DeadLetterReasons.NameOf(letter.Reason)}: {EmailMask.Apply(letter.Detail)}");
    }

    public void Released(DateTimeOffset now) => Note(now, "queue", () => "Released, and queued again");

    public EventRow Row() => new()
    {
        Id = happened.Id,
        Connection = happened.Connection,
        Helpdesk = happened.Helpdesk,
        Account = happened.Account,
        Kind = happened.Kind,
        At = firstSeen,
        Conversation = happened.ConversationId,
        Emails = [.. _emails.Select(EmailMask.Apply)],
        State = State,
        Delivered = Math.Min(_delivered, _total ?? _delivered),
        Total = _total,
        Until = Until,
        Reason = (_rejected ?? _throttled) is { } letter ? DeadLetterReasons.NameOf(letter.Reason) : State == EventState.Skipped ? _skipped : null,
        LatencyMs = _latencyMs,
        Attempts = _attempts,
    };

    public IReadOnlyList<TimelineEntry> Timeline()
    {
        var entries = _timeline.Select(entry => new TimelineEntry(entry.At, entry.Stage, entry.Text())).ToList();
        if (_leftOut > 0)
        {
            entries.Add(new TimelineEntry(entries[^1].At, "relay", string.Create(CultureInfo.InvariantCulture, $"{_leftOut} more, which are not kept")));
        }

        return entries;
    }

    private void Note(DateTimeOffset now, string stage, Func<string> text)
    {
        if (_timeline.Count < MaxEntries)
        {
            _timeline.Add((now, stage, text));
        }
        else
        {
            _leftOut++;
        }
    }

    private void Remember(string email)
    {
        if (_emails.Count < MaxEmails && !_emails.Contains(email, StringComparer.OrdinalIgnoreCase))
        {
            _emails.Add(email);
        }
    }
}
