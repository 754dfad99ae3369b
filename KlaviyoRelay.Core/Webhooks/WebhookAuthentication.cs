using System.Security.Cryptography;
using KlaviyoRelay.Core.Connections;
using KlaviyoRelay.Core.Secrets;

namespace KlaviyoRelay.Core.Webhooks;

/// <summary>Verifies a webhook with its connection's verifier and secrets: two, while one replaces the other.</summary>
internal sealed class WebhookAuthentication(IEnumerable<IWebhookVerifier> verifiers, ISecretStore secrets)
{
    private static readonly byte[] DecoyKey = RandomNumberGenerator.GetBytes(32);

    private readonly Dictionary<string, IWebhookVerifier> _verifiers = verifiers.ToDictionary(verifier => verifier.Kind, StringComparer.Ordinal);

    /// <param name="connection">The connection that the webhook names; null when there is none.</param>
    /// <param name="request">For its headers.</param>
    /// <param name="body">The raw bytes of the body.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async ValueTask<WebhookVerdict> JudgeAsync(Connection? connection, WebhookRequest request, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if (connection is null)
        {
            HashLikeAVerifier(body.Span);
            return new WebhookVerdict(IsAuthentic: false);
        }

        var options = connection.Options.Webhook;
        var verifier = _verifiers[options.Kind];
        var first = await ReadAsync(verifier, options.Secret, cancellationToken);
        var second = options.SecondSecret.Length > 0 ? await ReadAsync(verifier, options.SecondSecret, cancellationToken) : default;
        // Both, always: the time must not tell which one matched.
        var authentic = IsAuthentic(first) | IsAuthentic(second);
        if (!authentic && !verifier.HashesBody)
        {
            HashLikeAVerifier(body.Span);
        }

        return new WebhookVerdict(authentic, first.Problem ?? second.Problem);

        bool IsAuthentic(Secret secret) => secret.Value is { } value && verifier.IsAuthentic(options, value, request, body.Span);
    }

    /// <summary>
    /// Takes the time that a signature takes: whoever guesses names of connections must not learn from the clock
    /// which of them exist.
    /// </summary>
    private static void HashLikeAVerifier(ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, DecoyKey);
        hmac.AppendData(body);
        hmac.GetHashAndReset();
    }

    private async ValueTask<Secret> ReadAsync(IWebhookVerifier verifier, string name, CancellationToken cancellationToken)
    {
        try
        {
            var value = await secrets.GetAsync(name, cancellationToken);
            return verifier.WhatIsWrongWith(value) is { } wrong
                ? new Secret(Value: null, $"The secret '{name}' {wrong}, which {verifier.Kind} asks for: replace it.")
                : new Secret(value, Problem: null);
        }
        catch (SecretUnavailableException exception)
        {
            return new Secret(Value: null, exception.Message);
        }
    }

    private readonly record struct Secret(string? Value, string? Problem);
}
