using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Dashboard.Watch;

/// <summary>The last tries to bring one event to Klaviyo. Not thread-safe: the board locks. Emails are masked when a page asks.</summary>
internal sealed class AttemptLog
{
    public const int MaxAttempts = 60;

    private readonly List<Noted> _noted = [];
    private int _leftOut;

    public void Add(DateTimeOffset now, SentToKlaviyo sent, HttpTry what)
    {
        switch (what)
        {
            case HttpTry.Ended ended:
                if (_noted.Count == MaxAttempts)
                {
                    _noted.RemoveAt(0);
                    _leftOut++;
                }

                _noted.Add(new Noted(now, sent, ended));
                break;
            case HttpTry.Waits waits when _noted.FindLastIndex(noted => noted.Sent.UniqueId == sent.UniqueId) is >= 0 and var last:
                _noted[last] = _noted[last] with { Wait = waits };
                break;
        }
    }

    public AttemptList Read() => new([.. _noted.Select(Of)], _leftOut);

    private static Attempt Of(Noted noted) => new(
        noted.At,
        noted.Sent.UniqueId,
        SentToKlaviyo.Masked(noted.Sent.Email),
        noted.Sent.Metric,
        noted.Sent.Time,
        noted.Sent.Property,
        noted.Sent.Together,
        noted.Ended.Status,
        noted.Ended.Said,
        noted.Ended.Took.TotalMilliseconds,
        noted.Wait?.Time.TotalMilliseconds,
        noted.Wait?.IsAsked == true);

    private sealed record Noted(DateTimeOffset At, SentToKlaviyo Sent, HttpTry.Ended Ended)
    {
        public HttpTry.Waits? Wait { get; init; }
    }
}

/// <summary>The tries that are remembered, and how many before them are not.</summary>
internal sealed record AttemptList(IReadOnlyList<Attempt> Attempts, int LeftOut);

/// <summary>
/// One try: what was sent for which email (masked), together with how many events, and what came of it. The status is null
/// when nothing was answered. The wait is the one before the next try; null when none follows. What was sent is an event, or a
/// profile: that has no unique id, its metric is <c>profile</c>, and its property says what of the profile was sent.
/// </summary>
internal sealed record Attempt(
    DateTimeOffset At,
    string? UniqueId,
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
