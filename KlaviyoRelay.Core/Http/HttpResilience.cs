using System.Net;
using KlaviyoRelay.Core.Clocks;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace KlaviyoRelay.Core.Http;

/// <summary>How often, how long and after what wait a request is tried: the one place where that is said.</summary>
public static class HttpResilience
{
    public const int Tries = 3;

    public static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(15);

    /// <summary>Each execution carries the time its batch has left.</summary>
    public static readonly ResiliencePropertyKey<BatchBudget> Budget = new("budget");

    /// <summary>Each execution carries its call.</summary>
    public static readonly ResiliencePropertyKey<HttpCall> Call = new("call");

    /// <summary>A batch with less time left begins no try. The batch's end would cut the try off. Then the letter would say that nobody answered.</summary>
    public static readonly TimeSpan ShortestAttempt = TimeSpan.FromSeconds(0.5);

    // Polly takes a time-out of zero for none.
    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromMilliseconds(1);

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Up to three tries; each first waits for its turn and then has its own time limit, and none outlives its batch.
    /// Most POSTs may be repeated: Klaviyo keeps the first event of a <c>unique_id</c> and drops the rest. One that
    /// may not be is tried again after a 429 only.
    /// </summary>
    public static ResiliencePipeline<HttpResponseMessage> Create(Chance chance, TimeProvider clock) =>
        new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = clock }
            .AddRetry(Retry(chance, clock))
            .AddStrategy(_ => new RateLimitStrategy(clock), new RateLimitStrategyOptions())
            .AddTimeout(new TimeoutStrategyOptions { TimeoutGenerator = arguments => ValueTask.FromResult(TimeFor(arguments.Context)) })
            .Build();

    private static RetryStrategyOptions<HttpResponseMessage> Retry(Chance chance, TimeProvider clock) => new()
    {
        MaxRetryAttempts = Tries - 1,
        ShouldHandle = arguments => ValueTask.FromResult(IsTransient(arguments.Outcome) && MayRepeat(arguments) && FitsBudget(arguments, clock)),
        DelayGenerator = arguments => ValueTask.FromResult<TimeSpan?>(Asked(arguments.Outcome, clock) ?? BackOff(arguments.AttemptNumber, chance.Next())),
        OnRetry = arguments =>
        {
            CallOf(arguments.Context)?.Tried?.Invoke(new HttpTry.Waits(arguments.RetryDelay, Asked(arguments.Outcome, clock) is not null));
            arguments.Outcome.Result?.Dispose();
            return default;
        },
    };

    private static TimeSpan TimeFor(ResilienceContext context)
    {
        var time = AtMost(AttemptTimeout, Left(context));
        return time > ShortestTimeout ? time : ShortestTimeout;
    }

    private static bool IsTransient(Outcome<HttpResponseMessage> outcome) =>
        outcome.Result is { } response ? Transience.Of(response) : Transience.Of(outcome.Exception);

    // What was answered with 429 was not carried out. All else may have been.
    private static bool MayRepeat(RetryPredicateArguments<HttpResponseMessage> arguments) =>
        CallOf(arguments.Context) is not { IsRepeatable: false } || arguments.Outcome.Result?.StatusCode == HttpStatusCode.TooManyRequests;

    // Without time for the wait and another try, the letter keeps what was answered last. A wait can end late, so the time counts twice.
    private static bool FitsBudget(RetryPredicateArguments<HttpResponseMessage> arguments, TimeProvider clock) =>
        (Asked(arguments.Outcome, clock) ?? BackOff(arguments.AttemptNumber, 1)) + (2 * ShortestAttempt) < Left(arguments.Context);

    private static TimeSpan? Asked(Outcome<HttpResponseMessage> outcome, TimeProvider clock) =>
        outcome.Result is { } response ? RetryAfter.Read(response, clock) : (outcome.Exception as ForeignAnswerException)?.RetryAfter;

    // 1 to 2 s, then 2 to 4 s: what failed together does not come back in one moment.
    private static TimeSpan BackOff(int attempt, double chance) => FirstWait * Math.Pow(2, attempt) * (1 + chance);

    private static HttpCall? CallOf(ResilienceContext context) => context.Properties.TryGetValue(Call, out var call) ? call : null;

    private static TimeSpan Left(ResilienceContext context) => context.Properties.TryGetValue(Budget, out var budget) ? budget.Left : TimeSpan.Zero;

    private static TimeSpan AtMost(TimeSpan time, TimeSpan left) => time < left ? time : left > TimeSpan.Zero ? left : TimeSpan.Zero;
}
