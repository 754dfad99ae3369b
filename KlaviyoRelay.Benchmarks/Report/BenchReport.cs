using System.Text.Json.Serialization;

namespace KlaviyoRelay.Benchmarks.Report;

/// <summary>What <c>bench.json</c> holds.</summary>
/// <param name="Machine">What it ran on.</param>
/// <param name="Seconds">How long the whole took.</param>
/// <param name="Rows">Every row with every run.</param>
/// <param name="Targets">Every target of which the rows were run.</param>
internal sealed record BenchReport(string Machine, double Seconds, IReadOnlyList<RowResult> Rows, IReadOnlyList<TargetResult> Targets)
{
    /// <summary>Whether nothing was lost or doubled.</summary>
    [JsonIgnore]
    public bool IsGood => Rows.All(row => row.Runs.All(run => run is { Lost: 0, Doubled: 0 }));
}
