namespace KlaviyoRelay.Benchmarks.Report;

/// <summary>What <c>bench.json</c> holds.</summary>
/// <param name="Machine">What it ran on.</param>
/// <param name="Seconds">How long the whole took.</param>
/// <param name="Rows">Every row with every run.</param>
/// <param name="Targets">Every target of which the rows were run.</param>
internal sealed record BenchReport(string Machine, double Seconds, IReadOnlyList<RowResult> Rows, IReadOnlyList<TargetResult> Targets);
