using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Records.Chunks;

namespace KlaviyoRelay.Core.Records.Delivery;

/// <summary>
/// Decides what to send of a chunk after each answer, until every entry is accepted or rejected. Klaviyo takes a job as a whole
/// or not at all: what its pointers name is taken out, for a bounded number of rounds; then, and where it names nothing, the
/// job is halved. When single entries from all over the job are refused alike without a success, the rest shares the verdict.
/// It is pure: it sends nothing.
/// </summary>
public sealed class JobPlanner
{
    /// <summary>How often a request is sent again without what was named, before it is halved.</summary>
    public const int MaxRounds = 5;

    /// <summary>How many single entries tell that the refusal is not about an entry.</summary>
    public const int Samples = 12;

    private readonly ChunkMap _map;
    private readonly RefusedEntry _judge;
    private readonly Stack<Request> _requests = new();
    private readonly List<RowRejection> _rejections = [];
    private readonly List<RowWarning> _warnings = [];
    private string? _kind;
    private int _alike;
    private bool _hasSuccess;

    /// <param name="sync">The sync.</param>
    /// <param name="map">The chunk's entries.</param>
    /// <param name="indexes">The entries to send.</param>
    public JobPlanner(Sync sync, ChunkMap map, IReadOnlyList<int> indexes)
    {
        _map = map;
        _judge = new RefusedEntry(sync, map);
        Push(new Request([.. indexes.Select(index => new PlannedEntry(index, []))], Rounds: 0, IsSample: false));
    }

    /// <summary>The entries of the next request; null when nothing is left.</summary>
    public IReadOnlyList<PlannedEntry>? Next => _requests.TryPeek(out var request) ? request.Entries : null;

    /// <summary>Everything that waits to be sent.</summary>
    public IEnumerable<PlannedEntry> Waiting => _requests.SelectMany(request => request.Entries);

    public IReadOnlyList<RowRejection> Rejections => _rejections;

    public IReadOnlyList<RowWarning> Warnings => _warnings;

    /// <summary>Klaviyo has taken the request.</summary>
    public void Accepted()
    {
        _requests.Pop();
        _hasSuccess = true;
    }

    /// <summary>Klaviyo has refused the request.</summary>
    /// <param name="errors">What it said; at least one.</param>
    public void Refused(IReadOnlyList<KlaviyoRefusal> errors)
    {
        var request = _requests.Pop();
        var named = errors
            .Select(error => (Error: error, Pointer: JobPointer.Parse(error.Pointer)))
            .Where(one => one.Pointer is { } pointer && pointer.Entry < request.Entries.Count)
            .GroupBy(one => one.Pointer?.Entry ?? 0)
            .ToDictionary(group => group.Key, group => group.Select(one => (one.Error, one.Pointer?.Path ?? "", one.Pointer?.ProfileField)).ToList());
        if (named.Count > 0)
        {
            Strip(request, named);
        }
        else if (errors[0].Pointer?.StartsWith("/data/relationships", StringComparison.Ordinal) == true)
        {
            // The list is unknown, which no entry can help.
            RejectAll(request, errors[0]);
        }
        else if (request.Entries.Count == 1)
        {
            RejectSingle(request, errors[0]);
        }
        else
        {
            Halve(request, errors[0]);
        }
    }

    private void Strip(Request request, Dictionary<int, List<(KlaviyoRefusal Error, string Path, string? Field)>> named)
    {
        var left = new List<PlannedEntry>();
        foreach (var (place, entry) in request.Entries.Index())
        {
            if (!named.TryGetValue(place, out var errors))
            {
                left.Add(entry);
            }
            else if (_judge.Without(entry, errors, _warnings, out var rejection) is { } stripped)
            {
                left.Add(stripped);
            }
            else if (rejection is not null)
            {
                _rejections.Add(rejection);
            }
        }

        var next = new Request(left, request.Rounds + 1, request.IsSample);
        if (next.Rounds >= MaxRounds && left.Count > 1)
        {
            var half = left.Count / 2;
            Push(new Request(left[half..], next.Rounds, next.IsSample));
            Push(new Request(left[..half], next.Rounds, next.IsSample));
        }
        else
        {
            Push(next);
        }
    }

    private void RejectSingle(Request request, KlaviyoRefusal error)
    {
        Reject(request.Entries[0], error);
        _alike = error.Kind == _kind ? _alike + 1 : 1;
        _kind = error.Kind;
        if (request.IsSample && _alike >= Samples && !_hasSuccess)
        {
            while (_requests.TryPop(out var rest))
            {
                RejectAll(rest, error);
            }
        }
    }

    /// <summary>Halves a job; before the first success, single entries from all over it go first.</summary>
    private void Halve(Request request, KlaviyoRefusal error)
    {
        var entries = request.Entries;
        var samples = new HashSet<int>();
        if (!_hasSuccess && entries.Count > Samples && _alike == 0)
        {
            _kind = error.Kind;
            // As good as chance: what is wrong may come in a row or in a pattern.
            samples.UnionWith(Enumerable.Range(0, entries.Count).OrderBy(place => Mix(entries[place].Index)).Take(Samples));
        }

        var rest = entries.Where((_, place) => !samples.Contains(place)).ToList();
        var half = rest.Count / 2;
        Push(request with { Entries = rest[half..], IsSample = false });
        Push(request with { Entries = rest[..half], IsSample = false });
        foreach (var place in samples)
        {
            Push(request with { Entries = [entries[place]], IsSample = true });
        }
    }

    private void RejectAll(Request request, KlaviyoRefusal error)
    {
        foreach (var entry in request.Entries)
        {
            Reject(entry, error);
        }
    }

    private void Reject(PlannedEntry entry, KlaviyoRefusal error) =>
        _rejections.Add(new RowRejection(_map.Entries[entry.Index].Row, Column: null, RowReasons.Refused, error.Detail));

    private void Push(Request request)
    {
        if (request.Entries.Count > 0)
        {
            _requests.Push(request);
        }
    }

    // Spreads neighbouring numbers (Knuth's multiplicative hash).
    private static uint Mix(int index) => (uint)index * 2654435761u;

    private sealed record Request(IReadOnlyList<PlannedEntry> Entries, int Rounds, bool IsSample);
}
