using System.Collections.Concurrent;
using Azure;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;

namespace KlaviyoRelay.Core.Secrets;

/// <summary>
/// Secrets from Key Vault, cached in memory. A value is read again after five minutes, and at once when it was
/// refused: so a rotated key is picked up without a restart.
/// </summary>
internal sealed class KeyVaultSecretStore(SecretClient client, TimeProvider clock) : ISecretStore
{
    private static readonly TimeSpan TimeToLive = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, CachedSecret> _cache = new(StringComparer.Ordinal);

    public async ValueTask<string> GetAsync(string name, CancellationToken cancellationToken)
    {
        if (!_cache.TryGetValue(name, out var cached))
        {
            return await ReadAsync(name, cancellationToken);
        }

        if (clock.GetUtcNow() - cached.ReadAt < TimeToLive)
        {
            return cached.Value;
        }

        try
        {
            return await ReadAsync(name, cancellationToken);
        }
        catch (SecretUnavailableException exception) when (exception.InnerException is not RequestFailedException { Status: 401 or 403 or 404 })
        {
            // The value that worked until now is better than none; the vault is asked again in a while.
            _cache[name] = cached with { ReadAt = clock.GetUtcNow() - TimeToLive + AskAgainAfter };
            return cached.Value;
        }
    }

    public async ValueTask<string> RefreshAsync(string name, string refused, CancellationToken cancellationToken) =>
        // Someone else may have read the new version already.
        _cache.TryGetValue(name, out var cached) && cached.Value != refused
            ? cached.Value
            : await ReadAsync(name, cancellationToken);

    private async Task<string> ReadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var secret = await client.GetSecretAsync(name, cancellationToken: cancellationToken);
            _cache[name] = new CachedSecret(secret.Value.Value, clock.GetUtcNow());
            return secret.Value.Value;
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            throw new SecretUnavailableException($"The secret '{name}' is not in {client.VaultUri}: create it, or correct the setting that names it.", exception);
        }
        catch (RequestFailedException exception) when (exception.Status is 401 or 403)
        {
            throw new SecretUnavailableException($"The secret '{name}' may not be read from {client.VaultUri}: give the app's identity the role Key Vault Secrets User.", exception);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && IsOutage(exception))
        {
            throw new SecretUnavailableException($"The secret '{name}' can't be read, because {client.VaultUri} or its sign-in does not answer: check KeyVault__Uri, the network and AZURE_CLIENT_ID.", exception);
        }
    }

    // Azure.Core reports a vault that does not answer by any of these.
    private static bool IsOutage(Exception exception) => exception switch
    {
        RequestFailedException or AuthenticationFailedException or OperationCanceledException => true,
        AggregateException aggregate => aggregate.InnerExceptions.All(IsOutage),
        _ => false,
    };

    private sealed record CachedSecret(string Value, DateTimeOffset ReadAt);
}
