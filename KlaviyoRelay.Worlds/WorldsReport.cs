using System.Globalization;
using KlaviyoRelay.Worlds.Plans;

namespace KlaviyoRelay.Worlds;

/// <summary>What many worlds came to.</summary>
internal sealed class WorldsReport
{
    private readonly Dictionary<TroubleKind, int> _troubles = [];
    private int _seeds;
    private TimeSpan _length;
    private long _talks;
    private long _webhooks;
    private long _events;
    private long _repeats;
    private long _letters;
    private long _starts;
    private long _rows;
    private long _steps;
    private long _flagChecks;
    private long _ownThrottles;
    private ulong _hash;

    public int Failed { get; private set; }

    public void Add(WorldOutcome outcome)
    {
        _seeds++;
        _length += outcome.Length;
        _talks += outcome.Talks;
        _webhooks += outcome.Webhooks;
        _events += outcome.Events;
        _repeats += outcome.Repeats;
        _letters += outcome.Letters;
        _starts += outcome.Starts;
        _rows += outcome.Rows;
        _steps += outcome.Steps;
        _flagChecks += outcome.FlagChecks;
        _ownThrottles += outcome.OwnThrottles;
        // Whichever world ends first.
        _hash += outcome.Hash;
        Failed += outcome.Violations.Count > 0 ? 1 : 0;
        foreach (var (kind, count) in outcome.Troubles)
        {
            _troubles[kind] = _troubles.GetValueOrDefault(kind) + count;
        }
    }

    public void Write(TextWriter output, TimeSpan time, TimeSpan processor)
    {
        output.WriteLine(Text($"{_seeds} seeds, {_length.TotalHours:#,0} hours, {_talks:#,0} conversations, {_webhooks:#,0} webhooks, {_events:#,0} events in Klaviyo and {_repeats:#,0} repeats, {_rows:#,0} rows, {_letters:#,0} letters, {_starts:#,0} starts of the relay, {_steps:#,0} steps."));
        output.WriteLine(Text($"The property was looked at {_flagChecks:#,0} times a minute after a delivery. Klaviyo's own limits were met {_ownThrottles} times."));
        output.WriteLine(Text($"Requests that met trouble: {string.Join(", ", _troubles.OrderBy(pair => pair.Key).Select(pair => Text($"{pair.Key} {pair.Value:#,0}")))}."));
        output.WriteLine(Text($"{time.TotalSeconds:0.0} s, {processor.TotalSeconds:0.0} s of processor time: {_length / time:#,0} times as fast as life. {Failed} seed(s) broke a promise. The hash of all stories is {_hash:x16}."));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
