using System.Collections.Concurrent;
using KlaviyoRelay.Core.Clocks;

namespace KlaviyoRelay.Core.Http;

/// <summary>
/// What the far ends said of credentials a moment ago, by host. Requests that wait for their turn do not go out with
/// refused ones, and ones that worked a moment ago are not given up for a single refusal. Both only for a while: the
/// far end may have erred.
/// </summary>
public sealed class CredentialRecord(TimeProvider clock)
{
    // As long as the secret store takes the vault's word for it that there is no newer key.
    private static readonly TimeSpan RefusedFor = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan TrustedFor = TimeSpan.FromMinutes(5);

    private readonly Uptime _uptime = new(clock);
    private readonly ConcurrentDictionary<(string Host, string Authorization), TimeSpan> _refusedUntil = new();
    private readonly ConcurrentDictionary<(string Name, string Value), TimeSpan> _workedAt = new();
    private volatile bool _hasRefused;

    /// <summary>A secret was accepted.</summary>
    public void Worked(HttpRequestMessage request, string name, string value)
    {
        _workedAt[(name, value)] = _uptime.Now;
        if (_hasRefused)
        {
            _refusedUntil.TryRemove(Of(request), out _);
        }
    }

    /// <summary>Whether a secret was accepted within the last minutes, and not finally refused since.</summary>
    public bool IsTrusted(string name, string value) => _workedAt.TryGetValue((name, value), out var time) && _uptime.Now - time < TrustedFor;

    /// <summary>A secret was refused: for good by a trial, which ends the trust in it.</summary>
    public void Refused(HttpRequestMessage request, string name, string value, bool isTrial)
    {
        var now = _uptime.Now;
        foreach (var forgotten in _refusedUntil.Where(refused => refused.Value <= now))
        {
            _refusedUntil.TryRemove(forgotten);
        }

        if (isTrial)
        {
            _workedAt.TryRemove((name, value), out _);
        }

        _refusedUntil[Of(request)] = now + RefusedFor;
        _hasRefused = true;
    }

    /// <summary>As long as nothing was ever refused, a request's texts need not be made.</summary>
    public bool IsRefused(HttpRequestMessage request) => _hasRefused && _refusedUntil.TryGetValue(Of(request), out var until) && _uptime.Now < until;

    private static (string Host, string Authorization) Of(HttpRequestMessage request) =>
        (request.RequestUri?.Authority ?? "", request.Headers.Authorization?.ToString() ?? "");
}
