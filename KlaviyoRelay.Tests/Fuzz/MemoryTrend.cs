namespace KlaviyoRelay.Tests.Fuzz;

/// <summary>
/// Memory over a run. Compared are the medians of the second and the last quarter: buffers and pools are filled in the
/// first, and single samples, which hold whatever is in flight, tell nothing about a slow leak.
/// </summary>
internal sealed class MemoryTrend
{
    /// <summary>How many samples a run should take.</summary>
    public const int Samples = 20;

    private readonly List<long> _samples = [];

    public int Count => _samples.Count;

    /// <summary>Bytes; negative when memory shrank.</summary>
    public long Growth => Median(_samples[(Count * 3 / 4)..]) - Median(_samples[(Count / 4)..(Count / 2)]);

    public void Add(long bytes) => _samples.Add(bytes);

    public void Measure() => Add(GC.GetTotalMemory(forceFullCollection: true));

    public override string ToString() => string.Join(", ", _samples.Select(bytes => bytes >> 10));

    private static long Median(List<long> samples) => samples.Order().ElementAt(samples.Count / 2);
}
