using KlaviyoRelay.Core.Campaigns.Steps;
using KlaviyoRelay.Core.Records.Storage;

namespace KlaviyoRelay.Core;

/// <summary>Keeps the notes of campaigns where the state of runs is kept.</summary>
internal sealed class StoredCampaigns(IRecordStore records) : ICampaignStore
{
    public Task<StoredCampaign?> ReadAsync(string name, CancellationToken cancellationToken) => TryAsync(
        async () => await records.ReadAsync(name, cancellationToken) is { } record ? new StoredCampaign(record.Content, record.Version) : null);

    public Task<bool> TryWriteAsync(string name, ReadOnlyMemory<byte> content, string? version, CancellationToken cancellationToken) =>
        TryAsync(async () => await records.TryWriteAsync(name, content, version, cancellationToken) is not null);

    public Task<int> DeleteAsync(string prefix, CancellationToken cancellationToken) => TryAsync(async () =>
    {
        var count = 0;
        await foreach (var name in records.ListAsync(prefix, cancellationToken))
        {
            count += await records.DeleteAsync(name, cancellationToken) ? 1 : 0;
        }

        return count;
    });

    private static async Task<T> TryAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (RecordStoreException exception)
        {
            throw new CampaignStoreException(exception.Message, exception);
        }
    }
}
