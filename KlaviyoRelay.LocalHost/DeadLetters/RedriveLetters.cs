namespace KlaviyoRelay.LocalHost.DeadLetters;

/// <summary>
/// Sends letters round again, and what Service Bus has put away back to its queue. It sends first and deletes then. When it
/// ends between the two, the message is still there and can be sent again, which Klaviyo records once.
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
