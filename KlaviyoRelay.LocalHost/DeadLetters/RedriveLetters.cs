using KlaviyoRelay.Core.DeadLetters;
using KlaviyoRelay.Core.Queueing;
using KlaviyoRelay.LocalHost.Azurite;

namespace KlaviyoRelay.LocalHost.DeadLetters;

/// <summary>
/// Sends letters round again: first the event, then the letter is deleted. When it ends between the two, the letter is
/// still there and can be sent again, which Klaviyo records once.
/// </summary>
internal sealed class RedriveLetters(DeadLetterBrowser browser, AzuriteQueueClient client) : IDeadLetterAction
{
    public Task<DeadLetterReport> RunAsync(DeadLetterFilter filter, CancellationToken cancellationToken) =>
        browser.SettleAsync(filter, choose: null, RedriveAsync, cancellationToken);

    private async Task<bool> RedriveAsync(FoundLetter found)
    {
        var envelope = QueueEnvelope.Of(DeadLetterSerializer.ToRedrivenMessage(found.Letter));
        await client.PutAsync(QueueNames.ConversationEvents, envelope.Encode(), TimeSpan.Zero, CancellationToken.None);
        await client.DeleteAsync(found.Queue, found.Message, CancellationToken.None);
        return true;
    }
}
