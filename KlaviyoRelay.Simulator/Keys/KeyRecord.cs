namespace KlaviyoRelay.Simulator.Keys;

/// <summary>What was said about a key. Scopes null means every scope.</summary>
internal sealed record KeyRecord(bool Revoked, IReadOnlySet<string>? Scopes, string Account);
