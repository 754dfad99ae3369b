using Azure.Security.KeyVault.Secrets;

namespace KlaviyoRelay.Core.Secrets;

/// <summary>Key Vault's settings.</summary>
public static class KeyVaultOptions
{
    /// <summary>The vault's address, such as <c>https://{vault}.vault.azure.net</c>. Unset: secrets come from configuration.</summary>
    public const string UriSetting = "KeyVault:Uri";

    /// <summary>Tried briefly: a helpdesk waits for its answer, and a batch for its lock.</summary>
    public static SecretClientOptions Client()
    {
        var options = new SecretClientOptions();
        options.Retry.MaxRetries = 2;
        options.Retry.Delay = TimeSpan.FromMilliseconds(200);
        options.Retry.MaxDelay = TimeSpan.FromSeconds(2);
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(3);
        return options;
    }
}
