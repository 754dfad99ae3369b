using System.Globalization;
using Azure;
using KlaviyoRelay.Core.Secrets;

namespace KlaviyoRelay.Core.Checks;

/// <summary>Reads secrets anew, past the store's cache: a cached value says nothing about the vault.</summary>
internal sealed class SecretCheck(ISecretStore store, TimeProvider clock)
{
    private const string Unreachable = "check KeyVault__Uri, AZURE_CLIENT_ID, the vault's firewall and the relay's network";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(6);

    /// <summary>Whether secrets come from the app's own settings, so that there is no vault to check.</summary>
    public bool IsWithoutVault => store is ConfigurationSecretStore;

    public async Task<CheckedSecret> ReadAsync(string name, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            var value = await store.GetAsync(name, either.Token);
            return Of(name, await store.RefreshAsync(name, value, either.Token));
        }
        catch (SecretUnavailableException exception)
        {
            return Of(name, exception);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return OfStore(Finding.Failed(
                $"The vault did not answer within {Timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s",
                Unreachable));
        }
    }

    private static CheckedSecret Of(string name, string value) => value switch
    {
        _ when string.IsNullOrWhiteSpace(value) => new CheckedSecret(null, Finding.Failed($"The secret '{name}' is empty", "store its value")),
        // No header can carry one, and no password holds one on purpose.
        _ when value.AsSpan().ContainsAny('\r', '\n') => new CheckedSecret(null, Finding.Failed($"The secret '{name}' holds a line break", "store it again without")),
        _ => new CheckedSecret(value, null),
    };

    private CheckedSecret Of(string name, SecretUnavailableException exception) => exception.InnerException switch
    {
        null or RequestFailedException { Status: 404 } => new CheckedSecret(null, Finding.Failed($"The secret '{name}' is missing", FixForMissing(name))),
        RequestFailedException { Status: 401 or 403 } => OfStore(Finding.Failed(
            "The relay's identity may not read secrets", "give it the role Key Vault Secrets User on the vault")),
        _ => OfStore(Finding.Failed("The vault can't be reached", Unreachable)),
    };

    private string FixForMissing(string name) => IsWithoutVault
        ? $"set Secrets__{name}, or KeyVault__Uri to read it from Key Vault"
        : "create it in the vault that KeyVault__Uri names, or correct the setting that names the secret";

    private static CheckedSecret OfStore(Finding problem) => new(null, Finding.Unknown("the vault did not give the secret"), problem);
}
