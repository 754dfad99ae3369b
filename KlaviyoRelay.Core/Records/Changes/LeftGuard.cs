namespace KlaviyoRelay.Core.Records.Changes;

/// <summary>
/// Decides whether rows that left a result are deleted. A query that finds too little must not empty a list: above 10 % of
/// the last result, or when there is no row at all, only a setting says so.
/// </summary>
public static class LeftGuard
{
    private const double MaxShare = 0.1;

    /// <summary>Null when the rows are deleted, else why not.</summary>
    /// <param name="last">How many rows the last result had.</param>
    /// <param name="now">How many rows this one has, which was read to its end.</param>
    /// <param name="left">How many rows of the last are not in this one.</param>
    /// <param name="isAllowed">Whether the setting says that many may leave.</param>
    public static string? Refuse(int last, int now, int left, bool isAllowed) =>
        left == 0 || isAllowed ? null
        : now == 0 ? FormattableString.Invariant($"the result has no rows, and the last one had {last}")
        : left > last * MaxShare ? FormattableString.Invariant($"{left} of {last} rows have left the result, which is more than 10 %")
        : null;
}
