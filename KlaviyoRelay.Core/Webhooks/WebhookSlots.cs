using System.Threading.RateLimiting;
using KlaviyoRelay.Core.Connections;

namespace KlaviyoRelay.Core.Webhooks;

/// <summary>
/// How many webhooks the process has in hand at once. While nothing proves a webhook it shares one set of slots with
/// all others, whatever its name: an answer then tells nothing about the name. Once it is proven it takes a slot of
/// its connection, so strangers take none of those, and no helpdesk takes the process for itself.
/// </summary>
internal sealed class WebhookSlots : IDisposable
{
    private readonly Dictionary<string, ConcurrencyLimiter> _limiters;
    private readonly ConcurrencyLimiter _unproven = Limiter(WebhookLimits.MaxUnproven);

    public WebhookSlots(ConnectionRegistry connections) =>
        _limiters = connections.All.ToDictionary(connection => connection.Name, connection => Limiter(connection.Options.Webhook.MaxConcurrency), StringComparer.Ordinal);

    /// <summary>A slot for a webhook that is still to be proven, or none when all are taken; disposing of it gives it back.</summary>
    public RateLimitLease TakeUnproven() => _unproven.AttemptAcquire();

    /// <summary>A slot of a connection for a webhook of its own, or none when all are taken; disposing of it gives it back.</summary>
    public RateLimitLease Take(Connection connection) => _limiters[connection.Name].AttemptAcquire();

    public void Dispose()
    {
        _unproven.Dispose();
        foreach (var limiter in _limiters.Values)
        {
            limiter.Dispose();
        }
    }

    private static ConcurrencyLimiter Limiter(int permits) => new(new ConcurrencyLimiterOptions { PermitLimit = permits, QueueLimit = 0 });
}
