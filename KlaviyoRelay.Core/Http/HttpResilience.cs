using KlaviyoRelay.Core.RateLimits;
using KlaviyoRelay.Core.Relaying;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace KlaviyoRelay.Core.Http;

/// <summary>How often, how long and after what wait a request is tried: the one place where that is said.</summary>
internal static class HttpResilience
{
    public const int Tries = 3;

    public static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(15);

    /// <summary>Each execution carries the time its batch has left.</summary>
    public static readonly ResiliencePropertyKey<BatchBudget> Budget = new("budget");

    /// <summary>Each execution carries the far end's rate limit.</summary>
    public static readonly ResiliencePropertyKey<RateLimiter> Limiter = new("limiter");

    /// <summary>
    /// Up to three tries; each first waits for its turn and then has its own time limit. Every POST may be
    /// repeated: Klaviyo keeps the first event of a <c>unique_id</c> and drops the rest.
    /// </summary>
    public static ResiliencePipeline<HttpResponseMessage> Create(TimeProvider clock) =>
        new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = clock }
            .AddRetry(Retry(clock))
            .AddStrategy(_ => new RateLimitStrategy(clock), new RateLimitStrategyOptions())
            .AddTimeout(new TimeoutStrategyOptions { Timeout = AttemptTimeout })
            .Build();

    private static RetryStrategyOptions<HttpResponseMessage> Retry(TimeProvider clock) => new()
    {
        MaxRetryAttempts = Tries - 1,
        BackoffType = DelayBackoffType.Exponential,
        Delay = TimeSpan.FromSeconds(1),
        UseJitter = true,
        ShouldHandle = arguments => ValueTask.FromResult(IsTransient(arguments.Outcome) && FitsBudget(arguments, clock)),
        DelayGenerator = arguments => ValueTask.FromResult(RetryAfter.Read(arguments.Outcome.Result, clock)),
        OnRetry = arguments =>
        {
            arguments.Outcome.Result?.Dispose();
            return default;
        },
    };

    private static bool IsTransient(Outcome<HttpResponseMessage> outcome) =>
        outcome.Result is { } response ? Transience.Of(response) : Transience.Of(outcome.Exception);

    // A wait that is longer than the batch has left is better spent in the dead-letter queue.
    private static bool FitsBudget(RetryPredicateArguments<HttpResponseMessage> arguments, TimeProvider clock) =>
        arguments.Context.Properties.TryGetValue(Budget, out var budget)
        && (RetryAfter.Read(arguments.Outcome.Result, clock) ?? TimeSpan.Zero) < budget.Left;
}
