namespace KlaviyoRelay.Benchmarks.FarEnd;

/// <summary>Where the far end listens.</summary>
/// <param name="Apis">Klaviyo and Kustomer; connections to it are counted.</param>
/// <param name="Counts">What it has counted.</param>
internal sealed record FarEndAddress(Uri Apis, Uri Counts);
