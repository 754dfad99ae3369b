namespace KlaviyoRelay.Benchmarks.Report;

/// <summary>All runs of one row.</summary>
internal sealed record RowResult(string Name, string What, IReadOnlyList<Measurement> Runs)
{
    /// <summary>The median, the least and the most of one figure.</summary>
    public Spread Of(Func<Measurement, double> figure) => Spread.Of(Runs.Select(figure));
}
