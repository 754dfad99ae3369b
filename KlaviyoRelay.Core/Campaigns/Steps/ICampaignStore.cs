namespace KlaviyoRelay.Core.Campaigns.Steps;

/// <summary>What is stored under a name.</summary>
/// <param name="Content">The bytes.</param>
/// <param name="Version">Changes with every write.</param>
public sealed record StoredCampaign(ReadOnlyMemory<byte> Content, string Version);

/// <summary>Keeps what is noted of campaigns. Every instance sees at once what was written, and of two writers one is told that the other was faster.</summary>
public interface ICampaignStore
{
    /// <summary>Null when there is none of that name.</summary>
    /// <exception cref="CampaignStoreException">The store can't be read.</exception>
    Task<StoredCampaign?> ReadAsync(string name, CancellationToken cancellationToken);

    /// <summary>Writes a content, unless it was written since it was read.</summary>
    /// <param name="name">The name.</param>
    /// <param name="content">The content.</param>
    /// <param name="version">The version that was read; null when there should be none.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>False when another was faster.</returns>
    /// <exception cref="CampaignStoreException">The store can't be written.</exception>
    Task<bool> TryWriteAsync(string name, ReadOnlyMemory<byte> content, string? version, CancellationToken cancellationToken);

    /// <summary>Deletes everything whose name begins so.</summary>
    /// <returns>How many there were.</returns>
    /// <exception cref="CampaignStoreException">The store can't be written.</exception>
    Task<int> DeleteAsync(string prefix, CancellationToken cancellationToken);
}

/// <summary>The store can't be used. Without it nothing is sent to Klaviyo that may not be carried out twice.</summary>
/// <param name="message">Why, and what to look at.</param>
/// <param name="inner">What the store's client said.</param>
public sealed class CampaignStoreException(string message, Exception? inner = null) : Exception(message, inner);
