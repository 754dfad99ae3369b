namespace KlaviyoRelay.Core.Conversations.Recovery;

/// <summary>A span of time whose events are asked for.</summary>
public readonly record struct RecoveryWindow(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>What the helpdesk recorded late, or with a clock of its own, is asked for twice rather than never.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    /// <summary>Gladly's record is up to 15 s behind (developer.gladly.com/rest, Events).</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Without a mark: an interval of the default schedule and the overlap, so that the first run reaches back to
    /// the deployment. Something else relayed older events, most likely Gladly's own Klaviyo app: its events
    /// have other ids, and Klaviyo would keep both.
    /// </summary>
    public static readonly TimeSpan First = TimeSpan.FromMinutes(20);

    /// <summary>Gladly keeps 24 hours; the minute is for the request's way and for clocks that differ.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24) - TimeSpan.FromMinutes(1);

    /// <summary>One answer covers this much at most, so that progress is kept and no answer is endless.</summary>
    public static readonly TimeSpan Slice = TimeSpan.FromHours(1);

    /// <summary>What is to be recovered now.</summary>
    /// <param name="mark">The time up to which everything was recovered; null when nothing was yet.</param>
    /// <param name="now">The present.</param>
    public static RecoveryWindow Since(DateTimeOffset? mark, DateTimeOffset now)
    {
        var to = WholeSecond(now) - Delay;
        // A mark of the future is a clock's mistake, which must not end recovery until then.
        var from = mark is { } time ? Earlier(time, to) - Overlap : to + Delay - First;
        return new RecoveryWindow(Later(from, WholeSecond(now) - Longest), to);
    }

    /// <summary>
    /// Up to when everything of a slice was recorded. The machine's time of day can be ahead: a mark that passes the
    /// helpdesk's own time would leave out what is recorded until then.
    /// </summary>
    /// <param name="slice">What was asked for.</param>
    /// <param name="answered">The helpdesk's own time of day; null when it did not say.</param>
    public static DateTimeOffset EndOf(RecoveryWindow slice, DateTimeOffset? answered) =>
        answered is { } time ? Earlier(slice.To, time - Delay) : slice.To;

    /// <summary>The window in parts, the oldest first.</summary>
    public IEnumerable<RecoveryWindow> Slices()
    {
        for (var from = From; from < To; from += Slice)
        {
            yield return new RecoveryWindow(from, Earlier(from + Slice, To));
        }
    }

    private static DateTimeOffset WholeSecond(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
