using KlaviyoRelay.Core.Work;
using KlaviyoRelay.LocalHost.DeadLetters;

namespace KlaviyoRelay.Cli.ServiceBus;

/// <summary>A letter's message on Service Bus: what is sent goes out before the letter is deleted.</summary>
/// <param name="id">The message's id.</param>
/// <param name="letter">The letter.</param>
/// <param name="sender">Sends.</param>
/// <param name="delete">Deletes the message; false when the relay took it meanwhile.</param>
internal sealed class ServiceBusLetter(string id, DeadLetter letter, IEventQueue sender, Func<Task<bool>> delete) : ILetterMessage
{
    public string Id => id;

    /// <summary>A scheduled message can't be made due, so what would come of it is sent now.</summary>
    public async Task<bool> ReleaseAsync()
    {
        var (queue, message) = DeadLetterSerializer.ToReleased(letter);
        await sender.SendAsync(queue, [message], CancellationToken.None);
        return await delete();
    }

    public async Task RedriveAsync()
    {
        await sender.SendAsync(QueueNames.ConversationEvents, [DeadLetterSerializer.ToRedrivenMessage(letter)], CancellationToken.None);
        await delete();
    }

    public Task<bool> DeleteAsync() => delete();
}
