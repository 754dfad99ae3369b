using System.Collections.Concurrent;
using KlaviyoRelay.Core.Clocks;
using KlaviyoRelay.Core.Http;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Core.Conversations.State;

/// <summary>
/// The durable record of customers' conversations, for what no helpdesk can be asked. Every instance of the relay writes
/// to it; an update that meets another one is done again.
/// </summary>
public sealed partial class ConversationRecord(IConversationStore store, CustomerKeys keys, TimeProvider clock, ILogger<ConversationRecord> logger)
{
    private const string Began = "began";
    private const int MaxTries = 8;

    // A store that is set up while the relay runs is found within this time.
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMinutes(1);

    private readonly DateTimeOffset _startedAt = clock.WallTime();
    private readonly ConcurrentDictionary<string, DateTimeOffset> _began = new(StringComparer.Ordinal);
    private long? _missingSince;
    private int _warnings;

    /// <summary>Reads a customer's conversations, changes them and writes what changed.</summary>
    /// <param name="customer">The customer's email, or the phone number of a customer without one.</param>
    /// <param name="change">Gets the conversations and the time since which the record is kept; runs again when another instance was faster.</param>
    public async Task<RecordUpdate<T>> UpdateAsync<T>(
        string connection, string customer, Func<CustomerConversations, DateTimeOffset, T> change, CancellationToken cancellationToken)
    {
        if (_missingSince is { } missing && clock.GetElapsedTime(missing) < AskAgainAfter)
        {
            return new RecordUpdate<T>.NotProvisioned();
        }

        try
        {
            var partition = await keys.PartitionAsync(connection, customer, cancellationToken);
            var began = await BeganAsync(connection, cancellationToken);
            for (var tries = 0; tries < MaxTries; tries++)
            {
                var conversations = new CustomerConversations(await store.ReadAsync(partition, cancellationToken));
                var result = change(conversations, began);
                if (conversations.Changed is [] || await store.TryWriteAsync(partition, conversations.Changed, cancellationToken))
                {
                    _missingSince = null;
                    return new RecordUpdate<T>.Done(result);
                }
            }

            return Failed<T>("The record of conversations was changed by other instances at the same time, again and again.");
        }
        catch (ConversationStoreException exception) when (exception.IsProvisioned)
        {
            return Failed<T>(exception.Message);
        }
        catch (ConversationStoreException exception)
        {
            _missingSince = clock.GetTimestamp();
            if (Interlocked.Increment(ref _warnings) == 1)
            {
                Log.NotProvisioned(logger, exception.Message);
            }

            return new RecordUpdate<T>.NotProvisioned();
        }
    }

    /// <summary>Begins the record of a connection, unless it has begun. A store that can't be used is asked by the first event.</summary>
    public async Task BeginAsync(string connection, CancellationToken cancellationToken)
    {
        try
        {
            await BeganAsync(connection, cancellationToken);
        }
        catch (ConversationStoreException)
        {
            // Told when an event needs it.
        }
    }

    /// <summary>Erases what is known of a person.</summary>
    /// <returns>How many rows were erased.</returns>
    /// <exception cref="ConversationStoreException">The store can't be used.</exception>
    public async Task<int> ForgetAsync(IEnumerable<string> connections, string customer, CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var connection in connections)
        {
            count += await store.DeleteAsync(await keys.PartitionAsync(connection, customer, cancellationToken), cancellationToken);
        }

        return count;
    }

    /// <summary>Reads the record as an event would.</summary>
    /// <exception cref="ConversationStoreException">It can't be used.</exception>
    public async Task CheckAsync(string connection, CancellationToken cancellationToken)
    {
        await keys.PartitionAsync(connection, "", cancellationToken);
        await store.ReadAsync(PartitionOf(connection), cancellationToken);
    }

    /// <summary>Since when the record is kept for the connection: what was accepted before then is not in it.</summary>
    private async Task<DateTimeOffset> BeganAsync(string connection, CancellationToken cancellationToken)
    {
        if (_began.TryGetValue(connection, out var known))
        {
            return known;
        }

        var partition = PartitionOf(connection);
        while (true)
        {
            if (await store.ReadAsync(partition, cancellationToken) is [var row, ..])
            {
                return _began[connection] = row.ChangedAt;
            }

            var began = new ConversationRow { Key = Began, IsOpen = true, Account = "", ChangedAt = _startedAt };
            await store.TryWriteAsync(partition, [began], cancellationToken);
        }
    }

    private static string PartitionOf(string connection) => $"{Began}-{connection}";

    private static RecordUpdate<T> Failed<T>(string detail) => new RecordUpdate<T>.Failed(new DeliveryFailure(DeadLetterReason.Unavailable, detail));

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "The record of conversations is not set up, so the profile property follows the last event of a helpdesk that can't be asked. {Reason}")]
        public static partial void NotProvisioned(ILogger logger, string reason);
    }
}
