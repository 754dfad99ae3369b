using System.Globalization;

namespace KlaviyoRelay.Dashboard.Watch;

/// <summary>
/// What happened to an event, in order. Of a long story its beginning and its end are kept. Texts are put together
/// when a reader asks for them.
/// </summary>
internal sealed class EventTimeline
{
    // A customer with hundreds of emails, or an event that is tried all day, stays small.
    public const int MaxEntries = 100;

    private const int Beginning = 20;

    private readonly List<(DateTimeOffset At, string Stage, Func<string> Text)> _entries = [];
    private int _leftOut;

    public void Add(DateTimeOffset at, string stage, Func<string> text)
    {
        if (_entries.Count == MaxEntries)
        {
            _entries.RemoveAt(Beginning);
            _leftOut++;
        }

        _entries.Add((at, stage, text));
    }

    public IReadOnlyList<TimelineEntry> Read()
    {
        var entries = _entries.Select(entry => new TimelineEntry(entry.At, entry.Stage, entry.Text())).ToList();
        if (_leftOut > 0)
        {
            entries.Insert(Beginning, new TimelineEntry(entries[Beginning].At, "relay", string.Create(CultureInfo.InvariantCulture, $"{_leftOut} more before this, which are not kept")));
        }

        return entries;
    }
}
