using System.Threading.RateLimiting;
using KlaviyoRelay.Core.Connections;

namespace KlaviyoRelay.Core.Webhooks;

/// <summary>
/// How many webhooks each connection may have in hand at once, so that no sender takes the process for itself.
/// Webhooks to names that are no connection share the slots of one.
/// </summary>
internal sealed class WebhookSlots : IDisposable
{
    private readonly Dictionary<string, ConcurrencyLimiter> _limiters;
    private readonly ConcurrencyLimiter _unknown = Limiter(new WebhookOptions());

    public WebhookSlots(ConnectionRegistry connections) =>
        _limiters = connections.All.ToDictionary(connection => connection.Name, connection => Limiter(connection.Options.Webhook), StringComparer.Ordinal);

    /// <summary>A slot, or none when all are taken; disposing of it gives it back.</summary>
    public RateLimitLease Take(Connection? connection) => (connection is null ? _unknown : _limiters[connection.Name]).AttemptAcquire();

    public void Dispose()
    {
        _unknown.Dispose();
        foreach (var limiter in _limiters.Values)
        {
            limiter.Dispose();
        }
    }

    private static ConcurrencyLimiter Limiter(WebhookOptions options) => new(new ConcurrencyLimiterOptions { PermitLimit = options.MaxConcurrency, QueueLimit = 0 });
}
