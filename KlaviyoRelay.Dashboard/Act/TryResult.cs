namespace KlaviyoRelay.Dashboard.Act;

/// <summary>What came of it.</summary>
/// <param name="Status">The relay's HTTP status.</param>
/// <param name="Sentence">The same in words.</param>
internal sealed record TryResult(int Status, string Sentence);
