namespace KlaviyoRelay.Core.Records.Changes;

/// <summary>Compares the rows of a result with those of the last one.</summary>
/// <param name="last">The last result.</param>
/// <param name="begun">What was read of this result before; none at its beginning.</param>
public sealed class ChangeTracker(KnownRows last, KnownRows begun)
{
    private readonly Dictionary<ulong, KnownRow> _rows = begun.All.ToDictionary(row => row.Hash.Key);

    /// <summary>The last result.</summary>
    public KnownRows Last => last;

    /// <summary>Takes note of a row.</summary>
    /// <param name="row">Its hashes.</param>
    /// <param name="identifier">What a delete would find it by; null when rows that leave are not deleted.</param>
    /// <param name="number">The number that it gets if it is sent.</param>
    /// <returns>Whether it has changed: it is new, differs from the last result's, or from an earlier row of this result with the same key.</returns>
    public bool Add(RowHash row, string? identifier, int number)
    {
        // When an earlier row of the key is sent, the last one has to be sent too, even if it is as in the last result.
        KnownRow? before = _rows.TryGetValue(row.Key, out var earlier) ? earlier : last.Find(row.Key) is { } known ? known with { Sent = 0 } : null;
        var isChanged = before?.Hash.Content != row.Content;
        _rows[row.Key] = new KnownRow(row, identifier, isChanged ? number : before?.Sent ?? 0);
        return isChanged;
    }

    /// <summary>The rows so far.</summary>
    public KnownRows Result() => KnownRows.Of(_rows.Values);
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
