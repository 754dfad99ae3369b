namespace KlaviyoRelay.Simulator.Klaviyo.Imports;

/// <summary>A job as it was sent, checked.</summary>
internal sealed record ImportRequest(IReadOnlyList<ImportRow> Rows, IReadOnlyList<string> ListIds);
