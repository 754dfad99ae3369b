namespace KlaviyoRelay.Core.Secrets;

/// <summary>Key Vault's settings.</summary>
internal static class KeyVaultOptions
{
    /// <summary>The vault's address, such as <c>https://{vault}.vault.azure.net</c>. Unset: secrets come from configuration.</summary>
    public const string UriSetting = "KeyVault:Uri";
}
