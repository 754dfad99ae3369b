using KlaviyoRelay.Core.Campaigns.Steps;

namespace KlaviyoRelay.Tests.Campaigns;

/// <summary>Notes of campaigns in memory.</summary>
internal sealed class InMemoryCampaignStore : ICampaignStore
{
    private readonly Dictionary<string, StoredCampaign> _stored = new(StringComparer.Ordinal);
    private int _version;

    public IReadOnlyCollection<string> Names => _stored.Keys;

    public Task<StoredCampaign?> ReadAsync(string name, CancellationToken cancellationToken) => Task.FromResult(_stored.GetValueOrDefault(name));

    public Task<bool> TryWriteAsync(string name, ReadOnlyMemory<byte> content, string? version, CancellationToken cancellationToken)
    {
        if (_stored.GetValueOrDefault(name)?.Version != version)
        {
            return Task.FromResult(false);
        }

        _stored[name] = new StoredCampaign(content.ToArray(), $"v{++_version}");
        return Task.FromResult(true);
    }

    public Task<int> DeleteAsync(string prefix, CancellationToken cancellationToken)
    {
        var names = _stored.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).ToList();
        names.ForEach(name => _stored.Remove(name));
        return Task.FromResult(names.Count);
    }
}
