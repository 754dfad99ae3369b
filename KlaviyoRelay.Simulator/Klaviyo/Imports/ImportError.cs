namespace KlaviyoRelay.Simulator.Klaviyo.Imports;

/// <summary>A profile that a job could not import: only the JSON resource as it was sent says which one of the job it was.</summary>
internal sealed record ImportError(string Id, KlaviyoError Error, ReadOnlyMemory<byte> Sent);
