using KlaviyoRelay.Core.DeadLetters;
using KlaviyoRelay.Core.Queueing;
using KlaviyoRelay.LocalHost.Azurite;

namespace KlaviyoRelay.LocalHost.DeadLetters;

/// <summary>Sends letters round again. When it ends in the middle, a letter may be sent twice, which Klaviyo records once.</summary>
internal sealed class RedriveLetters(DeadLetterBrowser browser, AzuriteQueueClient client) : IDeadLetterAction
{
    public Task<DeadLetterReport> RunAsync(DeadLetterFilter filter, CancellationToken cancellationToken) =>
        browser.SettleAsync(filter, _ => true, RedriveAsync, cancellationToken);

    private async Task<bool> RedriveAsync(FoundLetter found)
    {
        var envelope = QueueEnvelope.Of(RejectedRedrive.ToMessage(found.Letter));
        await client.PutAsync(QueueNames.ConversationEvents, envelope.Encode(), TimeSpan.Zero, CancellationToken.None);
        await client.DeleteAsync(found.Queue, found.Message, CancellationToken.None);
        return true;
    }
}
