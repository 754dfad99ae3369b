namespace KlaviyoRelay.Dashboard.Act;

/// <summary>Which letters; what is null does not matter.</summary>
/// <param name="Id">The event's id, in whole.</param>
/// <param name="Reason">Reasons, separated by commas.</param>
/// <param name="Connection">The connection.</param>
/// <param name="Account">The Klaviyo account.</param>
internal sealed record LetterChoice(string? Id, string? Reason, string? Connection, string? Account);
