using System.Globalization;
using KlaviyoRelay.Core.Helpdesks.Checking;
using KlaviyoRelay.Core.Secrets;

namespace KlaviyoRelay.Core.Checks;

/// <summary>Reads secrets from the store itself: a cached value says nothing about the vault.</summary>
public sealed class SecretCheck(ISecretStore store, TimeProvider clock)
{
    private const string LookAtVault = "check KeyVault__Uri, AZURE_CLIENT_ID, the vault's firewall and the relay's network";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(6);

    /// <summary>Whether secrets come from the app's own settings, so that there is no vault to check.</summary>
    public bool IsWithoutVault => store is ConfigurationSecretStore;

    public async Task<CheckedSecret> ReadAsync(string name, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return new CheckedSecret(await store.ReadStoredAsync(name, either.Token), null);
        }
        catch (SecretUnavailableException exception)
        {
            return Of(exception);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return OfStore(Finding.Failed($"The vault did not answer within {Timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s", LookAtVault));
        }
    }

    private static CheckedSecret Of(SecretUnavailableException exception)
    {
        var problem = Finding.FailedBy(exception.Message, LookAtVault);
        return exception.Problem is SecretProblem.Missing or SecretProblem.Malformed ? new CheckedSecret(null, problem) : OfStore(problem);
    }

    private static CheckedSecret OfStore(Finding problem) => new(null, Finding.Unknown("the vault did not give the secret"), problem);
}
