using KlaviyoRelay.Core.Work;
using KlaviyoRelay.LocalHost.Azurite;

namespace KlaviyoRelay.LocalHost.DeadLetters;

/// <summary>A letter's message on queue storage.</summary>
internal sealed class AzuriteLetter(AzuriteQueueClient client, string queue, ReceivedMessage message, DeadLetter letter) : ILetterMessage
{
    public string Id => message.Id;

    /// <summary>A relay that runs takes it at its next poll, another when it is started.</summary>
    public Task<bool> ReleaseAsync() => client.UpdateAsync(queue, message, TimeSpan.Zero, CancellationToken.None);

    public async Task RedriveAsync()
    {
        await client.PutAsync(QueueNames.ConversationEvents, QueueEnvelope.Of(DeadLetterSerializer.ToRedrivenMessage(letter)).Encode(), TimeSpan.Zero, CancellationToken.None);
        await DeleteAsync();
    }

    public Task<bool> DeleteAsync() => client.DeleteAsync(queue, message, CancellationToken.None);
}
