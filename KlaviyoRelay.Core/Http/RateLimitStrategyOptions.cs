using Polly;

namespace KlaviyoRelay.Core.Http;

internal sealed class RateLimitStrategyOptions : ResilienceStrategyOptions
{
    public RateLimitStrategyOptions() => Name = "RateLimit";
}
