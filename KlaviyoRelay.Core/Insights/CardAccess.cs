using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Helpdesks.Webhooks;
using KlaviyoRelay.Core.Secrets;

namespace KlaviyoRelay.Core.Insights;

/// <summary>Tells whether a request comes from a connection's card: it shows the card's token as <c>Authorization: Bearer {token}</c>.</summary>
public sealed class CardAccess(ISecretStore secrets)
{
    private const string Scheme = "Bearer ";

    /// <exception cref="SecretUnavailableException">The token can't be read.</exception>
    public async Task<bool> IsGrantedAsync(Connection connection, string? authorization, CancellationToken cancellationToken)
    {
        if (authorization?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) != true)
        {
            return false;
        }

        var given = authorization[Scheme.Length..].Trim();
        var card = connection.Options.Card;
        return await IsAsync(card.Secret, given, cancellationToken) || (card.SecondSecret.Length > 0 && await IsAsync(card.SecondSecret, given, cancellationToken));
    }

    // A new version of the secret counts at once.
    private async Task<bool> IsAsync(string secret, string given, CancellationToken cancellationToken)
    {
        var known = await secrets.GetAsync(secret, cancellationToken);
        return ConstantTime.AreEqual(known, given) || ConstantTime.AreEqual(await secrets.RefreshAsync(secret, known, cancellationToken), given);
    }
}
