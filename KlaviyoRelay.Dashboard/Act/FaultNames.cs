namespace KlaviyoRelay.Dashboard.Act;

/// <summary>The faults that are on.</summary>
internal sealed record FaultNames(IReadOnlyList<string> Faults);
