namespace KlaviyoRelay.Core.Http;

/// <summary>Why something could not be done, as the far end said it.</summary>
/// <param name="Reason">The reason, from the closed vocabulary.</param>
/// <param name="Detail">What was answered; emails are masked before it is stored.</param>
/// <param name="RetryAfter">How long the far end asked to wait; null when it did not say.</param>
public sealed record DeliveryFailure(DeadLetterReason Reason, string Detail, TimeSpan? RetryAfter = null)
{
    /// <summary>Whether a later try may succeed.</summary>
    public bool IsTransient => DeadLetterReasons.IsTransient(Reason);
}
