using KlaviyoRelay.Core.Helpdesks.Checking;

namespace KlaviyoRelay.Core.Checks;

/// <summary>Whether a key has the scopes of the audit, its segments and its leaks.</summary>
public sealed class AuditScopes(KlaviyoScopes scopes)
{
    private const string NewKey = "create a new private key with Campaigns: Read, Events: Read, Flows: Read, Metrics: Read and Segments: Full; scopes of a key can't be changed";

    private static readonly (string Scope, string Path)[] Reads =
    [
        ("flows:read", "api/flows?fields%5Bflow%5D=name&page%5Bsize%5D=1"),
        ("campaigns:read", "api/campaigns?fields%5Bcampaign%5D=name&filter=equals%28messages.channel%2C%27email%27%29"),
        ("segments:read", "api/segments?fields%5Bsegment%5D=name&page%5Bsize%5D=1"),
        ("events:read", "api/events?fields%5Bevent%5D=timestamp&page%5Bsize%5D=1"),
        ("metrics:read", "api/metrics?fields%5Bmetric%5D=name"),
    ];

    /// <summary>A finding for each scope.</summary>
    public async Task<IReadOnlyList<(string Scope, Finding Finding)>> CheckAsync(string key, CancellationToken cancellationToken)
    {
        var reads = Reads.Select(async read => (read.Scope, Finding: await scopes.ReadAsync(read.Path, key, read.Scope, NewKey, cancellationToken)));
        // By a segment without a name and conditions, which is none.
        var writes = scopes.WriteAsync(
            "api/segments", """{"data":{"type":"segment","attributes":{}}}"""u8.ToArray(), key, "segments:write", "a test segment was refused only for being empty", NewKey, cancellationToken);
        return [.. await Task.WhenAll(reads), ("segments:write", await writes)];
    }
}
