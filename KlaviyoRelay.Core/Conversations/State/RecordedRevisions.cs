using KlaviyoRelay.Core.Clocks;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Core.Conversations.State;

/// <summary>Keeps the revisions of customers in the record of conversations, in a partition of their own for each connection and person.</summary>
public sealed class RecordedRevisions(IConversationStore store, CustomerKeys keys, TimeProvider clock) : ICustomerRevisions
{
    private const int MaxTries = 8;

    /// <summary>What stands in a partition's name in the place of the connection. No connection is called so, because of the hyphen.</summary>
    public static string NameOf(string connection) => $"customers-{connection}";

    /// <inheritdoc/>
    public async Task<Result<SentRevision>> FindAsync(string connection, string identifier, string customerId, CancellationToken cancellationToken)
    {
        try
        {
            var partition = await keys.PartitionAsync(NameOf(connection), identifier, cancellationToken);
            return new SentRevision((await FindAsync(partition, KeyOf(connection, customerId), cancellationToken))?.Rev);
        }
        catch (ConversationStoreException exception)
        {
            return Failed(exception.Message);
        }
    }

    /// <inheritdoc/>
    public async Task<DeliveryFailure?> SaveAsync(string connection, string identifier, string customerId, long rev, CancellationToken cancellationToken)
    {
        try
        {
            var (partition, key) = (await keys.PartitionAsync(NameOf(connection), identifier, cancellationToken), KeyOf(connection, customerId));
            for (var tries = 0; tries < MaxTries; tries++)
            {
                var before = await FindAsync(partition, key, cancellationToken);
                var row = new ConversationRow { Key = key, IsOpen = false, Account = "", ChangedAt = clock.WallTime(), Rev = rev, Version = before?.Version };
                if (before?.Rev >= rev || await store.TryWriteAsync(partition, [row], cancellationToken))
                {
                    return null;
                }
            }

            return Failed("The revision of a customer was changed by other instances at the same time, again and again.");
        }
        catch (ConversationStoreException exception)
        {
            return Failed(exception.Message);
        }
    }

    private async Task<ConversationRow?> FindAsync(string partition, string key, CancellationToken cancellationToken) =>
        (await store.ReadAsync(partition, cancellationToken)).FirstOrDefault(row => row.Key == key);

    private static string KeyOf(string connection, string customerId) => ConversationEventId.Of(connection, "customer", customerId, "");

    private static DeliveryFailure Failed(string detail) => new(DeadLetterReason.Unavailable, detail);
}
