using KlaviyoRelay.Core.Helpdesks.Webhooks;
using KlaviyoRelay.Core.Secrets;

namespace KlaviyoRelay.Core.Records.Receiving;

/// <summary>
/// Tells whether a request may use a sync. One with a secret asks for it, as <c>Authorization: Bearer {secret}</c>, and takes no
/// key of the function app. One without a secret asks for such a key.
/// </summary>
public sealed class SyncAccess(ISecretStore secrets)
{
    private const string Scheme = "Bearer ";

    /// <exception cref="SecretUnavailableException">The secret can't be read.</exception>
    public async Task<bool> IsGrantedAsync(Sync sync, RowsCredential credential, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sync);
        ArgumentNullException.ThrowIfNull(credential);
        if (sync.Secret.Length == 0 || credential.HasFunctionKey)
        {
            return sync.Secret.Length == 0 && credential.HasFunctionKey;
        }

        var authorization = credential.Authorization;
        if (authorization?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) != true)
        {
            return false;
        }

        var given = authorization[Scheme.Length..].Trim();
        var known = await secrets.GetAsync(sync.Secret, cancellationToken);
        // A new version of the secret counts at once.
        return ConstantTime.AreEqual(known, given) || ConstantTime.AreEqual(await secrets.RefreshAsync(sync.Secret, known, cancellationToken), given);
    }
}
