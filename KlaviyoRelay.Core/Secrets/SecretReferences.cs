using KlaviyoRelay.Core.Settings;
using Microsoft.Extensions.Configuration;

namespace KlaviyoRelay.Core.Secrets;

/// <summary>Checks settings that name a secret: the name is there and, where secrets come from configuration, the secret too.</summary>
public sealed class SecretReferences(IConfiguration configuration, SettingErrors errors)
{
    private readonly bool _inKeyVault = configuration[KeyVaultOptions.UriSetting] is { Length: > 0 };

    /// <param name="setting">The setting that names the secret.</param>
    /// <param name="name">Its value.</param>
    /// <param name="content">What the secret holds, in words.</param>
    public void Check(string setting, string name, string content)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            errors.Add(setting, name, $"the name of the secret that holds {content}");
        }
        else if (!_inKeyVault && string.IsNullOrEmpty(configuration[$"{ConfigurationSecretStore.SectionName}:{name}"]))
        {
            errors.Add($"{ConfigurationSecretStore.SectionName}__{name}", null, $"{content}, which {setting} asks for (or set KeyVault__Uri to read it from Key Vault)");
        }
    }
}
