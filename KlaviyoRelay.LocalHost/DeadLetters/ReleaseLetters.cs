namespace KlaviyoRelay.LocalHost.DeadLetters;

/// <summary>Makes held letters due now.</summary>
internal sealed class ReleaseLetters(DeadLetterBrowser browser) : IDeadLetterAction
{
    public Task<DeadLetterReport> RunAsync(DeadLetterFilter filter, CancellationToken cancellationToken) =>
        browser.SettleAsync(filter, found => found is FoundLetter { IsHeld: true }, found => found.Message.ReleaseAsync(), cancellationToken);
}
