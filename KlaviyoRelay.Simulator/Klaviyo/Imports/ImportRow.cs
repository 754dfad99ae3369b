using KlaviyoRelay.Simulator.Klaviyo.Recording;

namespace KlaviyoRelay.Simulator.Klaviyo.Imports;

/// <summary>A profile of a job, the JSON resource it was sent as, and why its import will fail, when that is known already.</summary>
internal readonly record struct ImportRow(NewProfile Profile, ReadOnlyMemory<byte> Sent, KlaviyoError? Failure);
