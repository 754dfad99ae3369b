using System.Text.Json;
using KlaviyoRelay.Core.Records;
using KlaviyoRelay.Core.Records.Storage;
using KlaviyoRelay.Worlds.Plans;

namespace KlaviyoRelay.Worlds.Rules;

/// <summary>The rows: what Klaviyo may get of them, and what each run has to tell of them in the end.</summary>
internal sealed class RowBook
{
    private readonly World _world;
    private readonly Dictionary<int, (Upload Upload, PlannedRow Row)> _rows;
    private readonly Dictionary<Upload, string> _runs = [];
    private readonly HashSet<string> _eventIds = new(StringComparer.Ordinal);

    // By the row's number.
    private readonly HashSet<int> _recorded = [];
    private readonly HashSet<int> _untold = [];

    public RowBook(World world)
    {
        _world = world;
        _rows = world.Plan.Uploads.SelectMany(upload => upload.Rows, (upload, row) => (Upload: upload, Row: row)).ToDictionary(one => one.Row.Number);
    }

    /// <summary>Rows that Klaviyo has.</summary>
    public int Recorded => _recorded.Count;

    /// <summary>When an order was made: each in a second of its own.</summary>
    public static long SecondOf(PlannedRow row) => new DateTimeOffset(2026, 1, 10, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds() + row.Key;

    /// <summary>A body was answered with 202.</summary>
    public void Accepted(Upload upload, string run)
    {
        if (!_runs.TryAdd(upload, run) && _runs[upload] != run)
        {
            _world.Violate(RuleNames.Twice, $"Body {upload.Number} of {upload.Sync} was the run {_runs[upload]}, and is {run}.");
        }
    }

    public RowFate? FateOf(int number) => _rows.TryGetValue(number, out var one) ? one.Row.Fate : null;

    /// <summary>A job has the row of which Klaviyo will tell nothing.</summary>
    public void WillNotBeTold(int number) => _untold.Add(number);

    /// <summary>Klaviyo has written a profile, or made it a member.</summary>
    public void Wrote(string account, int number, string email, bool isMember)
    {
        if (Find(account, number, email) is { } upload && (upload.Sync == Names.Members) == isMember)
        {
            _recorded.Add(number);
        }
        else
        {
            _world.Violate(RuleNames.MadeUp, $"{account} got the profile {email} with {number}{(isMember ? " as a member" : "")}, which no row asks for.");
        }
    }

    /// <summary>Klaviyo has recorded an event, or dropped it as a repeat.</summary>
    public void Happened(string account, int number, string email, string eventId, long second)
    {
        if (!_eventIds.Add(eventId))
        {
            _world.Repeats++;
        }
        else if (Find(account, number, email) is not { Sync: Names.Orders } || SecondOf(_rows[number].Row) != second)
        {
            _world.Violate(RuleNames.MadeUp, $"{account} got the order {number} of {email}, which no row asks for.");
        }
        else if (!_recorded.Add(number))
        {
            _world.Violate(RuleNames.Twice, $"The order {number} of {email} is recorded twice.");
        }
    }

    /// <summary>Every run has ended, and its counts and Klaviyo's data agree.</summary>
    public void CheckAll()
    {
        foreach (var run in _runs.GroupBy(pair => (pair.Key.Sync, Run: pair.Value), pair => pair.Key))
        {
            Check(new RecordNames(run.Key.Sync, run.Key.Run), [.. run.SelectMany(upload => upload.Rows)]);
        }
    }

    private Upload? Find(string account, int number, string email) =>
        _rows.TryGetValue(number, out var one) && Names.AccountOfSync(one.Upload.Sync) == account && one.Row is { Fate: RowFate.Taken } && one.Row.Email == email ? one.Upload : null;

    private void Check(RecordNames names, IReadOnlyList<PlannedRow> rows)
    {
        var state = _world.Blobs.Find(names.State) is { } blob ? JsonSerializer.Deserialize(blob.Content.Span, RecordJsonContext.Default.RunState) : null;
        if (state is not { EndedAt: not null, Rows: { } counts } || _world.Blobs.Find(names.JsonResult) is null)
        {
            _world.Violate(RuleNames.Lost, $"Run {names.Run} of {names.Sync} has not ended.");
            return;
        }

        var superseded = rows.Count(row => row.Fate == RowFate.Superseded);
        var rejected = rows.Count(row => row.Fate is RowFate.Malformed or RowFate.Refused);
        var failed = rows.Count(row => row.Fate == RowFate.Failed);
        var untold = rows.Count(row => row.Fate == RowFate.Failed && _untold.Contains(row.Number));
        var isRight = counts.IsBalanced && counts.Held == 0 && counts.Read == rows.Count && counts.Superseded == superseded
            && counts.Rejected >= rejected + failed - untold && counts.Rejected <= rejected + failed
            && (names.Sync == Names.Orders ? counts.Loaded == 0 : counts.AcceptedWithoutResult <= rows.Count(row => _untold.Contains(row.Number)));
        if (!isRight)
        {
            _world.Violate(RuleNames.Counts, $"Run {names.Run} of {names.Sync} has {rows.Count} row(s), {superseded} superseded, {rejected + failed} rejected, {untold} of these not told: its counts are {counts}.");
        }

        foreach (var row in rows.Where(row => row.Fate == RowFate.Taken && !_recorded.Contains(row.Number)))
        {
            _world.Violate(RuleNames.Lost, $"Row {row.Number} of {names.Sync} was accepted, and Klaviyo does not have it.");
        }
    }
}
