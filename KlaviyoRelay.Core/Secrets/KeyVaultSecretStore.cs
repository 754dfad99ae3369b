using System.Collections.Concurrent;
using Azure.Security.KeyVault.Secrets;
using KlaviyoRelay.Core.Clocks;
using KlaviyoRelay.Core.Telemetry;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Core.Secrets;

/// <summary>
/// Secrets from Key Vault, kept in memory. A value that is older than five minutes still answers while it is read
/// again; one that was refused is read again at once. So a rotated key is picked up without a restart, and a vault
/// that is away stops nothing whose key is known.
/// </summary>
public sealed class KeyVaultSecretStore(SecretClient client, RelayMetrics metrics, Concurrency concurrency, TimeProvider clock, ILogger<KeyVaultSecretStore> logger) : ISecretStore
{
    // A vault that asks for a long wait by Retry-After is as good as away: a helpdesk gives up after 15 s.
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(12);

    private readonly ConcurrentDictionary<string, CachedSecret> _secrets = new(StringComparer.Ordinal);

    public ValueTask<string> GetAsync(string name, CancellationToken cancellationToken) => Secret(name).GetAsync(cancellationToken);

    public ValueTask<string> RefreshAsync(string name, string refused, CancellationToken cancellationToken) =>
        Secret(name).RefreshAsync(refused, cancellationToken);

    public async ValueTask<string> ReadStoredAsync(string name, CancellationToken cancellationToken) =>
        (await ReadAsync(name).WaitAsync(cancellationToken)).ValueOrThrow();

    private CachedSecret Secret(string name) => _secrets.GetOrAdd(name, missing => new CachedSecret(missing, () => ReadAsync(missing), concurrency, clock, logger));

    private async Task<SecretReading> ReadAsync(string name)
    {
        using var timeout = new CancellationTokenSource(ReadTimeout, clock);
        try
        {
            var secret = await client.GetSecretAsync(name, cancellationToken: timeout.Token);
            if (secret.Value.Value is not { } value)
            {
                return Failed(KeyVaultFailure.NoSecret(name, client.VaultUri));
            }

            if (SecretValue.Problem(name, value) is { } problem)
            {
                return Failed(new SecretReading.Failed(SecretProblem.Malformed, problem));
            }

            metrics.SecretRead();
            return new SecretReading.Found(value, secret.Value.Properties.Version);
        }
#pragma warning disable CA1031 // Whatever the client and the sign-in throw, the secret can't be had; nobody may wait for it for ever.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return Failed(KeyVaultFailure.Of(name, client.VaultUri, exception));
        }
    }

    private SecretReading.Failed Failed(SecretReading.Failed failure)
    {
        metrics.SecretFailed(failure.Problem switch
        {
            SecretProblem.Missing => "missing",
            SecretProblem.Forbidden => "forbidden",
            SecretProblem.Malformed => "malformed",
            _ => "unreachable",
        });
        return failure;
    }
}
