namespace KlaviyoRelay.Dashboard.Watch;

/// <summary>Buckets of milliseconds: the first ends at 1, each other a quarter further than the one before; the last, from about 2 minutes on, has no end.</summary>
internal static class LatencyBuckets
{
    public const int Count = 54;

    private const double Growth = 1.25;

    public static int Of(double milliseconds) =>
        milliseconds <= 1 ? 0 : Math.Min(Count - 1, (int)Math.Ceiling(Math.Log(milliseconds, Growth)));

    public static void AddTo(int[] sums, int[]? counts)
    {
        for (var bucket = 0; counts is not null && bucket < Count; bucket++)
        {
            sums[bucket] += counts[bucket];
        }
    }

    /// <summary>The end of the bucket that holds it, in milliseconds; null when nothing was counted.</summary>
    public static double? Percentile(int[] counts, double share)
    {
        var rank = Math.Ceiling(counts.Sum() * share);
        if (rank == 0)
        {
            return null;
        }

        var bucket = 0;
        for (var seen = counts[0]; seen < rank; seen += counts[bucket])
        {
            bucket++;
        }

        return Math.Round(Math.Pow(Growth, bucket), 1);
    }
}
