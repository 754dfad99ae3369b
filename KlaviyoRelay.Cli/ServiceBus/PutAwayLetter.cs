using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure.Messaging.ServiceBus;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Functions.ServiceBus;
using KlaviyoRelay.LocalHost.DeadLetters;

namespace KlaviyoRelay.Cli.ServiceBus;

/// <summary>A message that Service Bus has put away: it goes back to the queue it came from before it is deleted.</summary>
internal sealed class PutAwayLetter(string id, string queue, ServiceBusReceivedMessage message, QueuedWork? content, ServiceBusClient client, Func<Task<bool>> delete) : ILetterMessage
{
    public string Id => id;

    /// <summary>Nothing holds it.</summary>
    public Task<bool> ReleaseAsync() => Task.FromResult(false);

    public async Task<bool> RedriveAsync()
    {
        // The copy has the body and the properties, and no trace of having been put away.
        var copy = new ServiceBusMessage(message);
        if (content is not null)
        {
            // What a relay could not read was set aside in a session of its own. The account's has one consumer.
            copy.SessionId = content.Message.Account;
        }

        if (queue is QueueNames.ConversationEvents or QueueNames.Records)
        {
            copy.MessageId = RedrivenId(message);
            if (content?.Letter is { } letter)
            {
                copy.Body = BinaryData.FromString(MessageWriter.ToRedriven(letter).Message.Body);
            }
        }

        await SendAsync(copy);
        await delete();
        return true;
    }

    public Task<bool> DeleteAsync() => delete();

    /// <summary>
    /// Of the id and of what is put away only: a queue of work drops what has an id of the last two hours, without a
    /// word, and the id of the message that was put away may be one. A redrive that is repeated has the same id again.
    /// </summary>
    private static string RedrivenId(ServiceBusReceivedMessage message) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{message.SequenceNumber}/{message.MessageId}"))));

    private async Task SendAsync(ServiceBusMessage copy)
    {
        try
        {
            await using var sender = client.CreateSender(queue);
            await sender.SendMessageAsync(copy, CancellationToken.None);
        }
        catch (Exception exception) when (ServiceBusFailure.Explain(queue, exception, ServiceBusCaller.Operator) is { } explanation)
        {
            throw new QueueUnavailableException(explanation, exception);
        }
    }
}
