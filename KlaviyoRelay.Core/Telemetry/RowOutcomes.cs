namespace KlaviyoRelay.Core.Telemetry;

/// <summary>Where a row of a run is in the end: the buckets of docs/records.md without the one of rows that wait.</summary>
public static class RowOutcomes
{
    public const string Loaded = "loaded";
    public const string Superseded = "superseded";
    public const string Rejected = "rejected";
    public const string AcceptedWithoutResult = "accepted-without-result";

    public static IReadOnlyList<string> All { get; } = [Loaded, Superseded, Rejected, AcceptedWithoutResult];
}
