namespace KlaviyoRelay.Core.Klaviyo;

/// <summary>One email of a bulk job, with its events in order.</summary>
internal sealed record KlaviyoBulkEntry(string Email, IReadOnlyList<KlaviyoEvent> Events);
