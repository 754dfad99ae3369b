using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.LocalHost.Azurite;

/// <summary>Azure.Storage.Queues in the local host's words: its messages, and one exception for an outage.</summary>
internal sealed class AzuriteQueueClient(QueueServiceClient service, TimeProvider clock)
{
    public const int MaxMessages = 32;

    private static readonly TimeSpan Never = TimeSpan.FromSeconds(-1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    public Task CreateAsync(string queue, CancellationToken cancellationToken) =>
        TryAsync(queue, () => service.GetQueueClient(queue).CreateIfNotExistsAsync(cancellationToken: cancellationToken), cancellationToken);

    /// <summary>Adds a message and creates the queue if it is missing. The message can be received after the delay, 7 days at most. Without a lifetime it never expires.</summary>
    public async Task<SendReceipt> PutAsync(string queue, string text, TimeSpan delay, CancellationToken cancellationToken, TimeSpan? lifetime = null)
    {
        Task<Response<SendReceipt>> Send() =>
            service.GetQueueClient(queue).SendMessageAsync(text, WholeSeconds(delay < Longest ? delay : Longest), lifetime is { } time ? WholeSeconds(time) : Never, cancellationToken);
        if (await FindAsync(queue, Send, cancellationToken) is { } sent)
        {
            return sent.Value;
        }

        await CreateAsync(queue, cancellationToken);
        return (await TryAsync(queue, Send, cancellationToken)).Value;
    }

    /// <summary>Gets up to <see cref="MaxMessages"/> and hides them from others for as long as the lock lasts.</summary>
    public async Task<IReadOnlyList<ReceivedMessage>> GetAsync(string queue, TimeSpan lockTime, CancellationToken cancellationToken) =>
        await ReceiveAsync(queue, lockTime, cancellationToken) ?? throw new QueueUnavailableException($"Queue storage answered 404 for {queue}.");

    /// <summary>As <see cref="GetAsync"/>; a queue that is missing has no messages.</summary>
    public async Task<IReadOnlyList<ReceivedMessage>> GetIfExistsAsync(string queue, TimeSpan lockTime, CancellationToken cancellationToken) =>
        await ReceiveAsync(queue, lockTime, cancellationToken) ?? [];

    /// <summary>Hides a received message for longer, or shows it again. False when someone else has it by now.</summary>
    public async Task<bool> UpdateAsync(string queue, ReceivedMessage message, TimeSpan hideFor, CancellationToken cancellationToken)
    {
        var asked = clock.SteadyNow();
        var updated = await FindAsync(
            queue,
            () => service.GetQueueClient(queue).UpdateMessageAsync(message.Id, message.PopReceipt, visibilityTimeout: WholeSeconds(hideFor), cancellationToken: cancellationToken),
            cancellationToken);
        if (updated is null)
        {
            return false;
        }

        message.PopReceipt = updated.Value.PopReceipt;
        message.LockedUntil = asked + hideFor;
        return true;
    }

    /// <summary>Deletes a received message. False when someone else has it by now.</summary>
    public async Task<bool> DeleteAsync(string queue, ReceivedMessage message, CancellationToken cancellationToken) =>
        await FindAsync(queue, () => service.GetQueueClient(queue).DeleteMessageAsync(message.Id, message.PopReceipt, cancellationToken), cancellationToken) is not null;

    /// <summary>How many messages the queue holds, visible or not.</summary>
    public async Task<int> CountAsync(string queue, CancellationToken cancellationToken) =>
        (await TryAsync(queue, () => service.GetQueueClient(queue).GetPropertiesAsync(cancellationToken), cancellationToken)).Value.ApproximateMessagesCount;

    /// <summary>As <see cref="CountAsync"/>; a queue that is missing has no messages.</summary>
    public async Task<int> CountIfExistsAsync(string queue, CancellationToken cancellationToken) =>
        (await FindAsync(queue, () => service.GetQueueClient(queue).GetPropertiesAsync(cancellationToken), cancellationToken))?.Value.ApproximateMessagesCount ?? 0;

    public Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken) => TryAsync<IReadOnlyList<string>>(
        "the account",
        async () => await service.GetQueuesAsync(prefix: prefix, cancellationToken: cancellationToken).Select(queue => queue.Name).ToListAsync(cancellationToken),
        cancellationToken);

    /// <summary>Returns when the service has answered.</summary>
    public Task CheckAsync(CancellationToken cancellationToken) => TryAsync(
        "the account",
        async () => await service.GetQueuesAsync(cancellationToken: cancellationToken).AsPages(pageSizeHint: 1).FirstAsync(cancellationToken),
        cancellationToken);

    private async Task<IReadOnlyList<ReceivedMessage>?> ReceiveAsync(string queue, TimeSpan lockTime, CancellationToken cancellationToken)
    {
        var lockedUntil = clock.SteadyNow() + lockTime;
        var received = await FindAsync(queue, () => service.GetQueueClient(queue).ReceiveMessagesAsync(MaxMessages, WholeSeconds(lockTime), cancellationToken), cancellationToken);
        return received is null ? null : [.. received.Value.Select(message => new ReceivedMessage(message.MessageId, message.PopReceipt, message.MessageText, lockedUntil))];
    }

    /// <summary>Null when the queue or the message is missing, or the message is someone else's by now.</summary>
    private async Task<T?> FindAsync<T>(string queue, Func<Task<T>> ask, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await TryAsync(queue, ask, cancellationToken);
        }
        catch (QueueUnavailableException exception) when (exception.InnerException is RequestFailedException { Status: 404 or 400 })
        {
            return null;
        }
    }

    private async Task<T> TryAsync<T>(string queue, Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask();
        }
        catch (RequestFailedException exception) when (exception.Status > 0)
        {
            throw new QueueUnavailableException($"Queue storage answered {exception.Status}{(exception.ErrorCode is { } code ? $", {code}" : "")} for {queue}.", exception);
        }
        catch (Exception exception) when (exception is RequestFailedException or AggregateException or OperationCanceledException)
        {
            // A cancelled retry comes as an AggregateException of every try's failure.
            cancellationToken.ThrowIfCancellationRequested();
            throw new QueueUnavailableException($"Queue storage at {service.Uri} does not answer: is Azurite running? Its address is in the setting {AzuriteStorage.Setting}.", exception);
        }
    }

    // Queue storage knows whole seconds, and a message must not come before its time.
    private static TimeSpan WholeSeconds(TimeSpan time) => TimeSpan.FromSeconds(Math.Max(0, Math.Ceiling(time.TotalSeconds)));
}
