using Azure;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using KlaviyoRelay.Core.Secrets;

namespace KlaviyoRelay.Cli.Accounts;

/// <summary>What became of a secret's versions; a problem where they could not be disabled.</summary>
internal sealed record DisabledSecret(string Name, int Versions, string? Problem);

/// <summary>Disables secrets in the vault. The relay can't read a disabled version until it is enabled again.</summary>
internal sealed class VaultKeys(SecretClient client)
{
    /// <summary>Disables every version of a secret.</summary>
    public async Task<DisabledSecret> DisableAsync(string name, CancellationToken cancellationToken)
    {
        var count = 0;
        try
        {
            await foreach (var version in client.GetPropertiesOfSecretVersionsAsync(name, cancellationToken))
            {
                if (version.Enabled != false)
                {
                    version.Enabled = false;
                    await client.UpdateSecretPropertiesAsync(version, cancellationToken);
                    count++;
                }
            }

            return new DisabledSecret(name, count, null);
        }
        catch (Exception exception) when (exception is RequestFailedException or AuthenticationFailedException or AggregateException)
        {
            return new DisabledSecret(name, count, KeyVaultFailure.Of(name, client.VaultUri, exception).Message);
        }
    }
}
