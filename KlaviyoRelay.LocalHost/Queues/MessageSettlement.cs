using System.Collections.Concurrent;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.LocalHost.Azurite;

namespace KlaviyoRelay.LocalHost.Queues;

/// <summary>Completes, gives back and locks received messages of one queue, with Service Bus's rules on top of queue storage.</summary>
internal sealed partial class MessageSettlement(AzuriteQueueClient client, string queue, string poisonQueue, ILogger logger)
{
    /// <summary>As on Service Bus (max delivery count); a message that failed as often is poison.</summary>
    public const int MaxFailures = 10;

    private const int Parallel = 8;

    // By message. The queue's own count won't do: it also counts what was received and given back, by an operator
    // who looked or by a host that stopped. What fails does so within seconds, so a restart may count anew.
    private readonly ConcurrentDictionary<string, int> _failures = new(StringComparer.Ordinal);

    public string PoisonQueue { get; } = poisonQueue;

    public Task CompleteAsync(IEnumerable<ReceivedMessage> messages) => System.Threading.Tasks.Parallel.ForEachAsync(
        messages,
        new ParallelOptions { MaxDegreeOfParallelism = Parallel },
        async (message, _) => await SettleAsync(message, CompleteAsync));

    /// <summary>Moves the messages that failed too often to the poison queue; the others stay locked.</summary>
    public Task CountFailureAsync(IEnumerable<ReceivedMessage> messages) => InOrderAsync(messages, async message =>
    {
        var failures = _failures.AddOrUpdate(message.Id, 1, (_, count) => count + 1);
        if (failures >= MaxFailures)
        {
            await client.PutAsync(PoisonQueue, message.Text, TimeSpan.Zero, CancellationToken.None);
            message.IsSettled = true;
            await client.DeleteAsync(queue, message, CancellationToken.None);
            _failures.TryRemove(message.Id, out _);
            Log.Poisoned(logger, queue, message.Id, PoisonQueue, failures);
        }
    });

    /// <summary>Shows the messages again at once, for the next start of the host.</summary>
    public Task ReleaseAsync(IEnumerable<ReceivedMessage> messages) => InOrderAsync(messages, async message =>
    {
        await client.UpdateAsync(queue, message, TimeSpan.Zero, CancellationToken.None);
        message.IsSettled = true;
    });

    public Task RenewAsync(IEnumerable<ReceivedMessage> messages, TimeSpan lockTime) => InOrderAsync(messages, async message =>
        message.IsSettled = !await client.UpdateAsync(queue, message, lockTime, CancellationToken.None));

    private async Task CompleteAsync(ReceivedMessage message)
    {
        _failures.TryRemove(message.Id, out _);
        message.IsSettled = await client.DeleteAsync(queue, message, CancellationToken.None);
    }

    /// <summary>One by one: queue storage hands messages out in the order in which they became visible.</summary>
    private async Task InOrderAsync(IEnumerable<ReceivedMessage> messages, Func<ReceivedMessage, Task> action)
    {
        foreach (var message in messages)
        {
            await SettleAsync(message, action);
        }
    }

    private async Task SettleAsync(ReceivedMessage message, Func<ReceivedMessage, Task> action)
    {
        await message.Gate.WaitAsync(CancellationToken.None);
        try
        {
            if (!message.IsSettled)
            {
                await action(message);
            }
        }
        catch (QueueUnavailableException exception)
        {
            // Its lock runs out and it is delivered again, which does no harm.
            Log.NotSettled(logger, queue, message.Id, exception.Message);
        }
        finally
        {
            message.Gate.Release();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 11, Level = LogLevel.Error, Message = "Moved message {MessageId} of {Queue} to {PoisonQueue} after {Failures} failed deliveries.")]
        public static partial void Poisoned(ILogger logger, string queue, string messageId, string poisonQueue, int failures);

        [LoggerMessage(EventId = 12, Level = LogLevel.Warning, Message = "Message {MessageId} of {Queue} could not be settled and will be delivered again: {Reason}")]
        public static partial void NotSettled(ILogger logger, string queue, string messageId, string reason);
    }
}
