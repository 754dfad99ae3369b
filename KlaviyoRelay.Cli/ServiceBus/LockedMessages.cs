using Azure.Messaging.ServiceBus;
using KlaviyoRelay.Functions.ServiceBus;
using KlaviyoRelay.LocalHost.DeadLetters;

namespace KlaviyoRelay.Cli.ServiceBus;

/// <summary>Locks a queue's messages one page after the other, and gives back those that were not settled when it is disposed of.</summary>
internal sealed class LockedMessages(ServiceBusClient client, string queue, ServiceBusReceiver receiver) : IAsyncDisposable
{
    private const int Page = 100;

    // After 10 deliveries Service Bus puts a message away (infra/service-bus.bicep), and giving one back counts as one.
    // What has been put away already is put away no further.
    private readonly int _maxDeliveries = DeadLetterQueues.IsPutAway(queue) ? int.MaxValue : 5;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly Dictionary<long, ServiceBusReceivedMessage> _locked = [];
    private readonly HashSet<long> _seen = [];

    /// <summary>The next of so many messages; empty at the end, and when those come round again whose lock has run out. More would bring back at once what is given back.</summary>
    public async Task<IReadOnlyList<ServiceBusReceivedMessage>> NextAsync(int count, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // Not to be cancelled: what comes for an answer that is not read stays locked.
        var page = await receiver.ReceiveMessagesAsync(Math.Clamp(count, 1, Page), Patience, CancellationToken.None);
        foreach (var message in page)
        {
            _locked[message.SequenceNumber] = message;
        }

        return [.. page.Where(message => _seen.Add(message.SequenceNumber))];
    }

    public void Settled(ServiceBusReceivedMessage message) => _locked.Remove(message.SequenceNumber);

    /// <summary>Deletes a message. False when its lock has run out.</summary>
    public Task<bool> CompleteAsync(ServiceBusReceivedMessage message) => TryAsync(() => receiver.CompleteMessageAsync(message, CancellationToken.None));

    public async ValueTask DisposeAsync()
    {
        try
        {
            foreach (var message in _locked.Values)
            {
                await GiveBackAsync(message);
            }
        }
        catch (Exception exception) when (ServiceBusFailure.Explain(queue, exception) is not null)
        {
            // They come back by themselves when their locks run out.
        }
    }

    private async Task GiveBackAsync(ServiceBusReceivedMessage message)
    {
        if (message.DeliveryCount < _maxDeliveries)
        {
            await TryAsync(() => receiver.AbandonMessageAsync(message, cancellationToken: CancellationToken.None));
            return;
        }

        // A copy counts its deliveries anew.
        await using var sender = client.CreateSender(queue);
        await sender.SendMessageAsync(new ServiceBusMessage(message), CancellationToken.None);
        await CompleteAsync(message);
    }

    private static async Task<bool> TryAsync(Func<Task> settle)
    {
        try
        {
            await settle();
            return true;
        }
        catch (ServiceBusException exception) when (exception.Reason == ServiceBusFailureReason.MessageLockLost)
        {
            return false;
        }
    }
}
