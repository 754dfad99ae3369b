using Microsoft.Extensions.Configuration;

namespace KlaviyoRelay.Core.Secrets;

/// <summary>Secrets from the settings <c>Secrets__{name}</c>, for local runs. A changed file or variable is read anew.</summary>
public sealed class ConfigurationSecretStore(IConfiguration configuration) : ISecretStore
{
    public const string SectionName = "Secrets";

    public ValueTask<string> GetAsync(string name, CancellationToken cancellationToken) => new(Read(name));

    public ValueTask<string> RefreshAsync(string name, string refused, CancellationToken cancellationToken) => new(Read(name));

    public ValueTask<string> ReadStoredAsync(string name, CancellationToken cancellationToken) => new(Read(name));

    private string Read(string name)
    {
        var value = configuration[$"{SectionName}:{name}"] is { Length: > 0 } stored
            ? stored
            : throw new SecretUnavailableException(
                SecretProblem.Missing, $"The secret '{name}' is missing: set {SectionName}__{name}, or KeyVault__Uri to read it from Key Vault.");
        return SecretValue.Problem(name, value) is { } problem ? throw new SecretUnavailableException(SecretProblem.Malformed, problem) : value;
    }
}
