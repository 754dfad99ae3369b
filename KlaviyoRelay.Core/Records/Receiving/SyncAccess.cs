using KlaviyoRelay.Core.Helpdesks.Webhooks;
using KlaviyoRelay.Core.Secrets;

namespace KlaviyoRelay.Core.Records.Receiving;

/// <summary>Tells whether a request shows the secret of a sync: <c>Authorization: Bearer {secret}</c>.</summary>
public sealed class SyncAccess(ISecretStore secrets)
{
    private const string Scheme = "Bearer ";

    /// <exception cref="SecretUnavailableException">The secret can't be read.</exception>
    public async Task<bool> IsGrantedAsync(Sync sync, string? authorization, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sync);
        if (sync.Secret.Length == 0 || authorization?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) != true)
        {
            return false;
        }

        var given = authorization[Scheme.Length..].Trim();
        var known = await secrets.GetAsync(sync.Secret, cancellationToken);
        // A new version of the secret counts at once.
        return ConstantTime.AreEqual(known, given) || ConstantTime.AreEqual(await secrets.RefreshAsync(sync.Secret, known, cancellationToken), given);
    }
}
