namespace KlaviyoRelay.Simulator.Klaviyo.Imports;

/// <summary>Jobs accepted, the profiles in them, and how many of those were imported or failed.</summary>
internal readonly record struct ImportCounts(long Jobs, long Rows, long Imported, long Failed);
