using KlaviyoRelay.Core.Connections;
using KlaviyoRelay.Core.Secrets;

namespace KlaviyoRelay.Core.Webhooks;

/// <summary>Picks a connection's verifier and its secret.</summary>
internal sealed class WebhookAuthentication(IEnumerable<IWebhookVerifier> verifiers, ISecretStore secrets)
{
    private readonly Dictionary<string, IWebhookVerifier> _verifiers = verifiers.ToDictionary(verifier => verifier.Kind, StringComparer.Ordinal);

    /// <exception cref="SecretUnavailableException">The secret store can't be read now.</exception>
    public async ValueTask<bool> IsAuthenticAsync(Connection connection, WebhookRequest request, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var options = connection.Options.Webhook;
        var secret = await secrets.GetAsync(options.Secret, cancellationToken);
        return _verifiers[options.Kind].IsAuthentic(options, secret, request, body.Span);
    }

    public string? ChallengeFor(Connection connection) => _verifiers[connection.Options.Webhook.Kind].Challenge;
}
