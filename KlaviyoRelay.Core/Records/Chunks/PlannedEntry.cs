namespace KlaviyoRelay.Core.Records.Chunks;

/// <summary>An entry as it is sent.</summary>
/// <param name="Index">Its index in the chunk.</param>
/// <param name="Dropped">Paths within the entry that Klaviyo refused, such as <c>attributes/locale</c>.</param>
public sealed record PlannedEntry(int Index, IReadOnlyList<string> Dropped);
