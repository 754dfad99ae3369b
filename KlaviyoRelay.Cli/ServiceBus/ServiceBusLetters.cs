using System.Runtime.CompilerServices;
using Azure.Messaging.ServiceBus;
using KlaviyoRelay.Core;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Functions.ServiceBus;
using KlaviyoRelay.LocalHost.DeadLetters;

namespace KlaviyoRelay.Cli.ServiceBus;

/// <summary>
/// Letters on Service Bus, and what it has put away itself. They are looked at by peeking, which locks none. A letter that
/// can be received is locked to be settled. One that is held is found by its sequence number. When this process is
/// killed, its locks run out.
/// </summary>
internal sealed class ServiceBusLetters(ServiceBusClient client, TimeProvider clock) : ILetterStore
{
    private const int Page = 100;

    private readonly ServiceBusQueue _sender = new(client, clock) { Caller = ServiceBusCaller.Operator };

    public async Task WalkAsync(string queue, DeadLetterWalk walk, CancellationToken cancellationToken)
    {
        try
        {
            await using var receiver = DeadLetterQueues.IsPutAway(queue)
                ? client.CreateReceiver(DeadLetterQueues.SourceOf(queue), new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter })
                : client.CreateReceiver(queue);
            var (wanted, count) = await WalkPeekedAsync(queue, receiver, walk, cancellationToken);
            await WalkReceivedAsync(queue, receiver, walk, wanted, count, cancellationToken);
        }
        catch (Exception exception) when (ServiceBusFailure.Explain(queue, exception, ServiceBusCaller.Operator) is { } explanation)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new QueueUnavailableException(explanation, exception);
        }
    }

    public ValueTask DisposeAsync() => client.DisposeAsync();

    /// <summary>
    /// Visits what is only looked at or held. Returns the ids of the messages that have to be received, and how many
    /// messages there are up to the last of them.
    /// </summary>
    private async Task<(HashSet<string> Wanted, int Count)> WalkPeekedAsync(string queue, ServiceBusReceiver receiver, DeadLetterWalk walk, CancellationToken cancellationToken)
    {
        var wanted = new HashSet<string>(StringComparer.Ordinal);
        var (position, count) = (0, 0);
        await foreach (var message in AllAsync(receiver, cancellationToken))
        {
            var isHeld = message.State == ServiceBusMessageState.Scheduled;
            position += isHeld ? 0 : 1;
            if (Find(queue, message, isHeld, isHeld ? () => CancelAsync(queue, message) : () => Task.FromResult(false)) is not { } found)
            {
                walk.Unreadable++;
            }
            else if (isHeld || walk.Ids.Count == 0)
            {
                await walk.VisitAsync(found);
            }
            else if (walk.Ids.Contains(IdOf(queue, message)))
            {
                wanted.Add(IdOf(queue, message));
                count = position;
            }

            if (walk.HasMore)
            {
                break;
            }
        }

        return (wanted, count);
    }

    private async Task WalkReceivedAsync(
        string queue, ServiceBusReceiver receiver, DeadLetterWalk walk, HashSet<string> wanted, int count, CancellationToken cancellationToken)
    {
        await using var locked = new LockedMessages(client, queue, receiver);
        while (wanted.Count > 0 && await locked.NextAsync(count, cancellationToken) is { Count: > 0 } messages)
        {
            count -= messages.Count;
            foreach (var message in messages.Where(message => wanted.Remove(IdOf(queue, message))))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (Find(queue, message, isHeld: false, () => locked.CompleteAsync(message)) is { } found && await walk.VisitAsync(found))
                {
                    locked.Settled(message);
                }
            }
        }
    }

    /// <summary>Null when it can't be read as a letter. What is put away is found whatever it holds.</summary>
    private FoundMessage? Find(string queue, ServiceBusReceivedMessage message, bool isHeld, Func<Task<bool>> delete)
    {
        var text = MessageBody.Text(message);
        if (DeadLetterQueues.IsPutAway(queue))
        {
            var content = RelayWork.Reader.ReadEither(text);
            return new PutAwayMessage(queue, new PutAwayLetter(IdOf(queue, message), DeadLetterQueues.SourceOf(queue), message, content, client, delete), content, message);
        }

        return RelayWork.Reader.ReadLetter(text) is { } letter ? Letter(queue, letter, message, isHeld, delete) : null;
    }

    private FoundLetter Letter(string queue, DeadLetter letter, ServiceBusReceivedMessage message, bool isHeld, Func<Task<bool>> delete)
    {
        var now = clock.GetUtcNow();
        var dueAt = isHeld ? message.ScheduledEnqueueTime : letter.ReleaseAt is { } time && time > now ? now : letter.ReleaseAt;
        return new FoundLetter(queue, letter, dueAt, new ServiceBusLetter(IdOf(queue, message), letter, _sender, delete), isHeld);
    }

    /// <summary>False when it has come due meanwhile.</summary>
    private async Task<bool> CancelAsync(string queue, ServiceBusReceivedMessage message)
    {
        await using var sender = client.CreateSender(queue);
        try
        {
            await sender.CancelScheduledMessageAsync(message.SequenceNumber, CancellationToken.None);
            return true;
        }
        catch (ServiceBusException exception) when (exception.Reason == ServiceBusFailureReason.MessageNotFound)
        {
            return false;
        }
    }

    /// <summary>All messages of a queue, locked or held ones too, without locking any.</summary>
    private static async IAsyncEnumerable<ServiceBusReceivedMessage> AllAsync(ServiceBusReceiver receiver, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long next = 0;
        while (await receiver.PeekMessagesAsync(Page, next, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var message in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return message;
            }

            next = page[^1].SequenceNumber + 1;
        }
    }

    // Each queue counts for itself.
    private static string IdOf(string queue, ServiceBusReceivedMessage message) => $"{queue}/{message.SequenceNumber}";
}

/// <summary>A letter's message on Service Bus: what is sent goes out before the letter is deleted.</summary>
internal sealed class ServiceBusLetter(string id, DeadLetter letter, IEventQueue sender, Func<Task<bool>> delete) : ILetterMessage
{
    public string Id => id;

    /// <summary>A scheduled message can't be made due, so what would come of it is sent now.</summary>
    public async Task<bool> ReleaseAsync()
    {
        var (queue, message) = MessageWriter.ToReleased(letter);
        await sender.SendAsync(queue, [message], CancellationToken.None);
        return await delete();
    }

    public async Task<bool> RedriveAsync()
    {
        var (queue, message) = MessageWriter.ToRedriven(letter);
        await sender.SendAsync(queue, [message], CancellationToken.None);
        await delete();
        return true;
    }

    public Task<bool> DeleteAsync() => delete();
}
