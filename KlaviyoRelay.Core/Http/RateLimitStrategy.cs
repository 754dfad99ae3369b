using System.Net;
using Polly;

namespace KlaviyoRelay.Core.Http;

/// <summary>Waits for the far end's rate limit before an attempt, and pauses it for everyone after a 429.</summary>
internal sealed class RateLimitStrategy(TimeProvider clock) : ResilienceStrategy<HttpResponseMessage>
{
    protected override async ValueTask<Outcome<HttpResponseMessage>> ExecuteCore<TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<HttpResponseMessage>>> callback, ResilienceContext context, TState state)
    {
        if (!context.Properties.TryGetValue(HttpResilience.Limiter, out var limiter)
            || !context.Properties.TryGetValue(HttpResilience.Budget, out var budget))
        {
            throw new InvalidOperationException("An execution needs a limiter and a budget.");
        }

        if (!await limiter.WaitAsync(budget.Deadline, context.CancellationToken))
        {
            return Outcome.FromException<HttpResponseMessage>(new OutOfTimeException());
        }

        var outcome = await callback(context, state);
        if (outcome.Result is { StatusCode: HttpStatusCode.TooManyRequests } response)
        {
            limiter.PauseUntil(clock.GetUtcNow() + (RetryAfter.Read(response, clock) ?? TimeSpan.Zero));
        }

        return outcome;
    }
}
