using System.Collections.Concurrent;

namespace KlaviyoRelay.Core.Http;

/// <summary>
/// Credentials that were answered with 401 a moment ago, by host, so that requests that wait for their turn do not
/// go out with a dead key. Only for a moment: the far end may have erred, and then the key works again.
/// </summary>
internal sealed class RefusedCredentials(TimeProvider clock)
{
    // As long as the secret store takes the vault's word for it that there is no newer key.
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(10);

    private volatile bool _hasAny;

    private readonly ConcurrentDictionary<(string Host, string Authorization), DateTimeOffset> _until = new();

    public void Add(HttpRequestMessage request)
    {
        var now = clock.GetUtcNow();
        foreach (var forgotten in _until.Where(refused => refused.Value <= now))
        {
            _until.TryRemove(forgotten);
        }

        _until[Of(request)] = now + Memory;
        _hasAny = true;
    }

    /// <summary>As long as nothing was ever refused, which is nearly always, a request's texts need not be made.</summary>
    public bool Contains(HttpRequestMessage request) => _hasAny && _until.TryGetValue(Of(request), out var until) && clock.GetUtcNow() < until;

    private static (string Host, string Authorization) Of(HttpRequestMessage request) =>
        (request.RequestUri?.Authority ?? "", request.Headers.Authorization?.ToString() ?? "");
}
