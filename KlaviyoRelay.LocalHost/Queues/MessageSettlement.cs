using System.Collections.Concurrent;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.LocalHost.Azurite;

namespace KlaviyoRelay.LocalHost.Queues;

/// <summary>Completes, abandons and locks received messages of one queue, with Service Bus's rules on top of queue storage.</summary>
internal sealed partial class MessageSettlement(AzuriteQueueClient client, string queue, string poisonQueue, ILogger logger)
{
    /// <summary>As on Service Bus (max delivery count); a message that failed as often is poison.</summary>
    public const int MaxFailures = 10;

    private const int Parallel = 8;

    private static readonly TimeSpan RedeliveryDelay = TimeSpan.FromSeconds(1);

    // By message. The queue's own count won't do: it also counts what was received and given back, by an operator
    // who looked or by a host that stopped. What fails does so within seconds, so a restart may count anew.
    private readonly ConcurrentDictionary<string, int> _failures = new(StringComparer.Ordinal);

    public string PoisonQueue { get; } = poisonQueue;

    public Task CompleteAsync(IEnumerable<ReceivedMessage> messages) => ForEachAsync(messages, async message =>
    {
        _failures.TryRemove(message.Id, out _);
        message.IsSettled = await client.DeleteAsync(queue, message, CancellationToken.None);
    });

    /// <summary>Shows the messages again after a moment; those that failed too often go to the poison queue.</summary>
    public Task AbandonAsync(IEnumerable<ReceivedMessage> messages) => ForEachAsync(messages, async message =>
    {
        var failures = _failures.AddOrUpdate(message.Id, 1, (_, count) => count + 1);
        if (failures >= MaxFailures)
        {
            await client.PutAsync(PoisonQueue, message.Text, TimeSpan.Zero, CancellationToken.None);
            await client.DeleteAsync(queue, message, CancellationToken.None);
            _failures.TryRemove(message.Id, out _);
            Log.Poisoned(logger, queue, message.Id, PoisonQueue, failures);
        }
        else
        {
            await client.UpdateAsync(queue, message, RedeliveryDelay, CancellationToken.None);
        }

        message.IsSettled = true;
    });

    /// <summary>Shows messages that were not tried again after a moment.</summary>
    public Task PostponeAsync(IEnumerable<ReceivedMessage> messages) => ForEachAsync(messages, async message =>
    {
        await client.UpdateAsync(queue, message, RedeliveryDelay, CancellationToken.None);
        message.IsSettled = true;
    });

    /// <summary>Shows the messages again at once, for the next start of the host.</summary>
    public Task ReleaseAsync(IEnumerable<ReceivedMessage> messages) => ForEachAsync(messages, async message =>
    {
        await client.UpdateAsync(queue, message, TimeSpan.Zero, CancellationToken.None);
        message.IsSettled = true;
    });

    public Task RenewAsync(IEnumerable<ReceivedMessage> messages, TimeSpan lockTime) => ForEachAsync(messages, async message =>
        message.IsSettled = !await client.UpdateAsync(queue, message, lockTime, CancellationToken.None));

    private Task ForEachAsync(IEnumerable<ReceivedMessage> messages, Func<ReceivedMessage, Task> action) =>
        System.Threading.Tasks.Parallel.ForEachAsync(messages, new ParallelOptions { MaxDegreeOfParallelism = Parallel }, async (message, _) =>
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
        });

    private static partial class Log
    {
        [LoggerMessage(EventId = 11, Level = LogLevel.Error, Message = "Moved message {MessageId} of {Queue} to {PoisonQueue} after {Failures} failed deliveries.")]
        public static partial void Poisoned(ILogger logger, string queue, string messageId, string poisonQueue, int failures);

        [LoggerMessage(EventId = 12, Level = LogLevel.Warning, Message = "Message {MessageId} of {Queue} could not be settled and will be delivered again: {Reason}")]
        public static partial void NotSettled(ILogger logger, string queue, string messageId, string reason);
    }
}
