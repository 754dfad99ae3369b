using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace KlaviyoRelay.Core.Records.Storage;

/// <summary>Reads and changes small states. A change that meets another one is done again on what the other left.</summary>
public sealed class StateStore(IRecordStore store)
{
    // A try that fails is another's success. So many parts of a run can come at the same time.
    private const int MaxTries = 64;

    /// <summary>Null when there is none.</summary>
    public async Task<T?> ReadAsync<T>(string name, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class =>
        await store.ReadAsync(name, cancellationToken) is { } record ? JsonSerializer.Deserialize(record.Content.Span, type) : null;

    /// <summary>Changes a state.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">Its JSON.</param>
    /// <param name="change">Gets the state, or null when there is none, and gives the new one, or the same to leave it. Runs again when another instance was faster.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The state as it is stored now.</returns>
    /// <exception cref="RecordStoreException">The store can't be used, or others changed the state again and again.</exception>
    public async Task<T> UpdateAsync<T>(string name, JsonTypeInfo<T> type, Func<T?, T> change, CancellationToken cancellationToken)
        where T : class
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var record = await store.ReadAsync(name, cancellationToken);
            var before = record is null ? null : JsonSerializer.Deserialize(record.Content.Span, type);
            var after = change(before);
            if (ReferenceEquals(before, after)
                || await store.TryWriteAsync(name, JsonSerializer.SerializeToUtf8Bytes(after, type), record?.Version, cancellationToken) is not null)
            {
                return after;
            }
        }

        throw new RecordStoreException("A state was changed by other instances at the same time, again and again.");
    }
}
