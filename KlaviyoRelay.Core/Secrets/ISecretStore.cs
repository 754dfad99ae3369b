namespace KlaviyoRelay.Core.Secrets;

/// <summary>Where keys, tokens and passwords come from: Key Vault on Azure, configuration locally.</summary>
public interface ISecretStore
{
    /// <summary>The current value of a secret; may come from a cache.</summary>
    /// <exception cref="SecretUnavailableException">There is no such secret, or the store can't be read now.</exception>
    ValueTask<string> GetAsync(string name, CancellationToken cancellationToken);

    /// <summary>
    /// The newest value of a secret, past any cache: for use after <paramref name="refused"/> was answered with 401.
    /// It may be that same value still. Calling it for every refusal is fine: the store is not asked each time.
    /// </summary>
    /// <param name="refused">The value that no longer works.</param>
    /// <exception cref="SecretUnavailableException">There is no such secret, or the store can't be read now.</exception>
    ValueTask<string> RefreshAsync(string name, string refused, CancellationToken cancellationToken);

    /// <summary>What the store itself answers now, past any cache and without a trace in it: for checks.</summary>
    /// <exception cref="SecretUnavailableException">There is no such secret, or the store can't be read now.</exception>
    ValueTask<string> ReadStoredAsync(string name, CancellationToken cancellationToken);
}
