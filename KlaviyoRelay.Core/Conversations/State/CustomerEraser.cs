using KlaviyoRelay.Core.Helpdesks;

namespace KlaviyoRelay.Core.Conversations.State;

/// <summary>Erases what the relay keeps of a person: the rows of the record of conversations.</summary>
public sealed class CustomerEraser(ConversationRecord record, ConnectionRegistry connections)
{
    /// <summary>Erases a person's rows, of every connection.</summary>
    /// <param name="customer">The person's email, or the phone number of a person without one.</param>
    /// <returns>How many rows were erased.</returns>
    /// <exception cref="ConversationStoreException">The record can't be used.</exception>
    public Task<int> ForgetAsync(string customer, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(customer);
        return record.ForgetAsync(connections.All.SelectMany(connection => (string[])[connection.Name, RecordedRevisions.NameOf(connection.Name)]), customer.Trim(), cancellationToken);
    }
}
