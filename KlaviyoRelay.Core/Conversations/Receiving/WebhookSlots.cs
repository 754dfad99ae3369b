using System.Threading.RateLimiting;
using KlaviyoRelay.Core.Helpdesks;

namespace KlaviyoRelay.Core.Conversations.Receiving;

/// <summary>
/// How many proven webhooks of a connection the process has in hand at once, so that no helpdesk takes the process for
/// itself. Strangers take none of these slots.
/// </summary>
public sealed class WebhookSlots : IDisposable
{
    private readonly Dictionary<string, ConcurrencyLimiter> _limiters;

    public WebhookSlots(ConnectionRegistry connections) =>
        _limiters = connections.All.ToDictionary(connection => connection.Name, connection => Limiter(connection.Options.Webhook.MaxConcurrency), StringComparer.Ordinal);

    /// <summary>A slot of a connection for a webhook of its own, or none when all are taken; disposing of it gives it back.</summary>
    public RateLimitLease Take(Connection connection) => _limiters[connection.Name].AttemptAcquire();

    public void Dispose()
    {
        foreach (var limiter in _limiters.Values)
        {
            limiter.Dispose();
        }
    }

    private static ConcurrencyLimiter Limiter(int permits) => new(new ConcurrencyLimiterOptions { PermitLimit = permits, QueueLimit = 0 });
}
