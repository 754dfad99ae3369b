using System.Collections.Concurrent;

namespace KlaviyoRelay.Simulator.Keys;

/// <summary>
/// Keys that are not simply good. Any other key is accepted, has every scope and is an account of its own:
/// nobody should have to register a key before the first event.
/// </summary>
internal sealed class KeyTable
{
    private readonly ConcurrentDictionary<string, KeyRecord> _keys = new(StringComparer.Ordinal);

    public void Set(string key, KeyRecord record) => _keys[key] = record;

    /// <summary>The keys that no longer work.</summary>
    public IReadOnlyList<string> Revoked => [.. _keys.Where(pair => pair.Value.Revoked).Select(pair => pair.Key)];

    public bool IsRevoked(string key) => _keys.TryGetValue(key, out var record) && record.Revoked;

    public bool HasScope(string key, string scope) =>
        !_keys.TryGetValue(key, out var record) || record.Scopes is null || record.Scopes.Contains(scope);

    /// <summary>The key that stands for the account: two keys of one account share its profiles, events and limits.</summary>
    public string AccountOf(string key) => _keys.TryGetValue(key, out var record) ? record.Account : key;

    public void Clear() => _keys.Clear();
}
