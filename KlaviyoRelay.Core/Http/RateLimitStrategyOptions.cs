using Polly;

namespace KlaviyoRelay.Core.Http;

public sealed class RateLimitStrategyOptions : ResilienceStrategyOptions
{
    public RateLimitStrategyOptions() => Name = "RateLimit";
}
