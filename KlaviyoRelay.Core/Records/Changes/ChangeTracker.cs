namespace KlaviyoRelay.Core.Records.Changes;

/// <summary>Compares the rows of a result with those of the last one.</summary>
public sealed class ChangeTracker
{
    // Of a row that is as it was in the last result, a byte is kept: most are.
    private readonly bool[] _asBefore;
    private readonly Dictionary<ulong, KnownRow> _others = [];

    /// <param name="last">The last result.</param>
    /// <param name="begun">What was read of this result before; none at its beginning.</param>
    public ChangeTracker(KnownRows last, KnownRows begun)
    {
        ArgumentNullException.ThrowIfNull(last);
        ArgumentNullException.ThrowIfNull(begun);
        (Last, _asBefore) = (last, new bool[last.Count]);
        foreach (var row in begun.All)
        {
            if (last.PlaceOf(row.Hash.Key) is { } place && last.At(place) == row)
            {
                _asBefore[place] = true;
            }
            else
            {
                _others.Add(row.Hash.Key, row);
            }
        }
    }

    /// <summary>The last result.</summary>
    public KnownRows Last { get; }

    /// <summary>Takes note of a row.</summary>
    /// <param name="row">Its hashes.</param>
    /// <param name="identifier">What a delete would find it by; null when rows that leave are not deleted.</param>
    /// <param name="number">The number that it gets if it is sent.</param>
    /// <returns>Whether it has changed: it is new, differs from the last result's, or from an earlier row of this result with the same key.</returns>
    public bool Add(RowHash row, string? identifier, int number)
    {
        // When an earlier row of the key is sent, the last one has to be sent too, even if it is as in the last result.
        if (_others.TryGetValue(row.Key, out var earlier))
        {
            var differs = earlier.Hash.Content != row.Content;
            _others[row.Key] = new KnownRow(row, identifier, differs ? number : earlier.Sent);
            return differs;
        }

        var place = Last.PlaceOf(row.Key);
        var isChanged = place is not { } known || Last.ContentAt(known) != row.Content;
        var isAsBefore = !isChanged && Last.IsIdentifiedBy(place ?? 0, identifier);
        if (place is { } met)
        {
            _asBefore[met] = isAsBefore;
        }

        if (!isAsBefore)
        {
            _others.Add(row.Key, new KnownRow(row, identifier, isChanged ? number : 0));
        }

        return isChanged;
    }

    /// <summary>The rows so far.</summary>
    public KnownRows Result() => KnownRows.Of(Enumerable.Range(0, _asBefore.Length).Where(place => _asBefore[place]).Select(Last.At).Concat(_others.Values));
}

/// <summary>What follows from two results.</summary>
public static class Comparison
{
    /// <summary>The rows that the last result had and this one has not.</summary>
    public static IEnumerable<KnownRow> Left(KnownRows last, KnownRows result)
    {
        ArgumentNullException.ThrowIfNull(last);
        ArgumentNullException.ThrowIfNull(result);
        return last.All.Where(row => result.Find(row.Hash.Key) is null);
    }

    /// <summary>What to delete of the rows that left. A person who is in the result under another key stays.</summary>
    public static IEnumerable<string> Deleted(KnownRows last, KnownRows result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var present = result.All.Select(row => row.Identifier).ToHashSet(StringComparer.Ordinal);
        return Left(last, result).Select(row => row.Identifier).OfType<string>().Where(identifier => !present.Contains(identifier)).Distinct(StringComparer.Ordinal);
    }

    /// <summary>What the next result is compared with.</summary>
    /// <param name="last">The last result.</param>
    /// <param name="result">This one.</param>
    /// <param name="isFailed">Whether the row of a number was not loaded. It keeps its old hash, or none, and so comes again.</param>
    /// <param name="isLeftDone">Whether the rows that left are dealt with. If not, they are found again.</param>
    public static KnownRows Next(KnownRows last, KnownRows result, Predicate<int> isFailed, bool isLeftDone)
    {
        ArgumentNullException.ThrowIfNull(last);
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(isFailed);
        var rows = result.All
            .Select(row => row.Sent > 0 && isFailed(row.Sent) ? last.Find(row.Hash.Key) : row with { Sent = 0 })
            .OfType<KnownRow>();
        return KnownRows.Of(isLeftDone ? rows : rows.Concat(Left(last, result)));
    }
}
