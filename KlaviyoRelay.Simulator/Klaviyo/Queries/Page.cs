namespace KlaviyoRelay.Simulator.Klaviyo.Queries;

/// <summary>A page of a collection, and where the next one begins.</summary>
internal sealed record Page<T>(IReadOnlyList<T> Items, long? Next);

internal static class Page
{
    /// <summary>The page of a list whose items never move.</summary>
    public static Page<T> Of<T>(IReadOnlyList<T> all, ResourceQuery query)
    {
        var start = (int)Math.Min(query.Start ?? 0, all.Count);
        var items = new List<T>(query.Size);
        for (var i = start; i < all.Count && items.Count < query.Size; i++)
        {
            items.Add(all[i]);
        }

        var next = start + items.Count;
        return new Page<T>(items, next < all.Count ? next : null);
    }

    /// <summary>The page of items that have a number each: items may come and go, and the next page is still right.</summary>
    public static Page<T> Numbered<T>(IEnumerable<T> fromStart, Func<T, long> number, int size)
    {
        var items = fromStart.Take(size + 1).ToList();
        return items.Count <= size ? new Page<T>(items, null) : new Page<T>(items[..size], number(items[size]));
    }
}
