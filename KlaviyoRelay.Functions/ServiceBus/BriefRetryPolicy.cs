using Azure.Core;
using Azure.Core.Pipeline;

namespace KlaviyoRelay.Functions.ServiceBus;

/// <summary>
/// Tries again as the options say, but gives up when Service Bus asks for a longer wait than their longest delay:
/// Azure.Core would wait for as long as Retry-After says, and the helpdesk would hang up before.
/// </summary>
internal sealed class BriefRetryPolicy : RetryPolicy
{
    private readonly DelayStrategy _delays;
    private readonly TimeSpan _longest;

    public BriefRetryPolicy(RetryOptions options)
        : this(options, DelayStrategy.CreateExponentialDelayStrategy(options.Delay, options.MaxDelay))
    {
    }

    private BriefRetryPolicy(RetryOptions options, DelayStrategy delays)
        : base(options.MaxRetries, delays)
    {
        _delays = delays;
        _longest = options.MaxDelay;
    }

    // The strategy's own delays stay below the longest one; only Retry-After goes beyond.
    protected override ValueTask<bool> ShouldRetryAsync(HttpMessage message, Exception? exception) =>
        message.HasResponse && _delays.GetNextDelay(message.Response, message.ProcessingContext.RetryNumber) > _longest
            ? ValueTask.FromResult(false)
            : base.ShouldRetryAsync(message, exception);
}
