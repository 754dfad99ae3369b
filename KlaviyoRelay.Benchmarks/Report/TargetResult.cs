namespace KlaviyoRelay.Benchmarks.Report;

/// <summary>What became of a target.</summary>
internal sealed record TargetResult(string What, string Target, string Measured, bool IsMet, string MissedBy);
