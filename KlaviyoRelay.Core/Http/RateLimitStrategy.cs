using System.Globalization;
using System.Net;
using Polly;

namespace KlaviyoRelay.Core.Http;

/// <summary>Waits for the far end's rate limit before an attempt, and learns from its answer.</summary>
public sealed class RateLimitStrategy(TimeProvider clock) : ResilienceStrategy<HttpResponseMessage>
{
    protected override async ValueTask<Outcome<HttpResponseMessage>> ExecuteCore<TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<HttpResponseMessage>>> callback, ResilienceContext context, TState state)
    {
        if (!context.Properties.TryGetValue(HttpResilience.Call, out var call) || !context.Properties.TryGetValue(HttpResilience.Budget, out var budget))
        {
            throw new InvalidOperationException("An execution needs a call and a budget.");
        }

        var limiter = call.Limiter;
        var time = budget.Left - HttpResilience.ShortestAttempt;
        if (time < TimeSpan.Zero || !await limiter.WaitAsync(time, context.CancellationToken))
        {
            return Outcome.FromException<HttpResponseMessage>(new OutOfTimeException(isLimits: time >= TimeSpan.Zero));
        }

        try
        {
            var outcome = await callback(context, state);
            Learn(limiter, budget, outcome.Result);
            return outcome;
        }
        finally
        {
            limiter.Finish();
        }
    }

    private void Learn(RateLimiter limiter, BatchBudget budget, HttpResponseMessage? response)
    {
        if (response?.StatusCode == HttpStatusCode.TooManyRequests)
        {
            limiter.PauseFor(AtMost(RetryAfter.Read(response, clock) ?? TimeSpan.Zero, budget));
        }
        else if (response is not null && RemainingOf(response) is { } left)
        {
            limiter.Correct(left.Remaining, AtMost(left.Reset, budget));
        }
    }

    // Just past the batch's time, so that what waits in it gives up at once, and the next batch tries again.
    private static TimeSpan AtMost(TimeSpan wait, BatchBudget budget)
    {
        var left = budget.Left;
        return wait > left ? left + TimeSpan.FromMilliseconds(1) : wait;
    }

    /// <summary>Klaviyo tells with every answer but a 429 what is left of the minute, and in how many seconds the next begins.</summary>
    private static (int Remaining, TimeSpan Reset)? RemainingOf(HttpResponseMessage response) =>
        Number(response, "RateLimit-Remaining") is { } remaining && Number(response, "RateLimit-Reset") is { } reset
            ? (remaining, TimeSpan.FromSeconds(reset))
            : null;

    private static int? Number(HttpResponseMessage response, string header) =>
        response.Headers.NonValidated.TryGetValues(header, out var values) && int.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}

/// <summary>The request was not sent: its batch's time is over, or will be before the rate limit lets it pass.</summary>
public sealed class OutOfTimeException(bool isLimits) : Exception
{
    /// <summary>Whether this request's own rate limit is the cause, and not what the batch did before.</summary>
    public bool IsLimits => isLimits;
}

public sealed class RateLimitStrategyOptions : ResilienceStrategyOptions
{
    public RateLimitStrategyOptions() => Name = "RateLimit";
}
