namespace KlaviyoRelay.LocalHost.DeadLetters;

/// <summary>
/// Sends letters round again, and back to its queue what Service Bus has put away: first it is sent, then the letter is deleted. When it ends between the two, the letter is
/// still there and can be sent again, which Klaviyo records once.
/// </summary>
internal sealed class RedriveLetters(DeadLetterBrowser browser) : IDeadLetterAction
{
    public Task<DeadLetterReport> RunAsync(DeadLetterFilter filter, CancellationToken cancellationToken) =>
        browser.SettleAsync(filter, choose: null, RedriveAsync, cancellationToken);

    private static async Task<bool> RedriveAsync(FoundMessage found)
    {
        await found.Message.RedriveAsync();
        return true;
    }
}
