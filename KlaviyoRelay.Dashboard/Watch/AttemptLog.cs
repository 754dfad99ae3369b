using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo.Events;
using KlaviyoRelay.Core.Texts;

namespace KlaviyoRelay.Dashboard.Watch;

/// <summary>The last tries of one event to be recorded by Klaviyo. Not thread-safe: the board locks. Emails are masked when a page asks.</summary>
internal sealed class AttemptLog
{
    public const int MaxAttempts = 60;

    private readonly List<Noted> _noted = [];
    private int _leftOut;

    public void Add(DateTimeOffset now, KlaviyoEvent sent, int together, HttpTry what)
    {
        switch (what)
        {
            case HttpTry.Ended ended:
                if (_noted.Count == MaxAttempts)
                {
                    _noted.RemoveAt(0);
                    _leftOut++;
                }

                _noted.Add(new Noted(now, sent.UniqueId, sent.Email, sent.Content.Metric, sent.Content.Time, PropertyOf(sent), together, ended));
                break;
            case HttpTry.Waits waits when _noted.FindLastIndex(noted => noted.UniqueId == sent.UniqueId) is >= 0 and var last:
                _noted[last] = _noted[last] with { Wait = waits };
                break;
        }
    }

    public AttemptList Read() => new([.. _noted.Select(Of)], _leftOut);

    private static string? PropertyOf(KlaviyoEvent sent) =>
        sent is { ProfileProperty: { } name, InConversation: { } value } ? $"{name} = {(value ? "true" : "false")}" : null;

    private static Attempt Of(Noted noted) => new(
        noted.At,
        noted.UniqueId,
        EmailMask.Apply(noted.Email),
        noted.Metric,
        noted.Time,
        noted.Property,
        noted.Together,
        noted.Ended.Status,
        noted.Ended.Said,
        noted.Ended.Took.TotalMilliseconds,
        noted.Wait?.Time.TotalMilliseconds,
        noted.Wait?.IsAsked == true);

    // Not the event itself: its properties hold the subject.
    private sealed record Noted(DateTimeOffset At, string UniqueId, string Email, string Metric, DateTimeOffset Time, string? Property, int Together, HttpTry.Ended Ended)
    {
        public HttpTry.Waits? Wait { get; init; }
    }
}

/// <summary>The tries that are remembered, and how many before them are not.</summary>
internal sealed record AttemptList(IReadOnlyList<Attempt> Attempts, int LeftOut);

/// <summary>
/// One try: what was sent for which email (masked), together with how many events, and what came of it. The status is null
/// when nothing was answered. The wait is the one before the next try; null when none follows.
/// </summary>
internal sealed record Attempt(
    DateTimeOffset At,
    string UniqueId,
    string Email,
    string Metric,
    DateTimeOffset Time,
    string? Property,
    int Together,
    int? Status,
    string Said,
    double TookMs,
    double? WaitMs,
    bool IsWaitAsked);
