using System.Globalization;
using KlaviyoRelay.Core.Secrets;

namespace KlaviyoRelay.Core.Helpdesks.Webhooks;

/// <summary>Verifies a webhook with its connection's verifier and secrets: two, while one replaces the other.</summary>
public sealed class WebhookAuthentication(IEnumerable<IWebhookVerifier> verifiers, ISecretStore secrets, TimeProvider clock)
{
    /// <summary>
    /// How long a webhook waits for the secret store, all secrets together. Intercom gives a webhook up after 5 s
    /// (developers.intercom.com/docs/webhooks/webhook-notifications), and others after "a few seconds"; the body and the
    /// queue need some of it too.
    /// </summary>
    public static readonly TimeSpan SecretTime = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, IWebhookVerifier> _verifiers = verifiers.ToDictionary(verifier => verifier.Kind, StringComparer.Ordinal);

    /// <summary>How a connection's webhooks are verified.</summary>
    public IWebhookVerifier VerifierOf(Connection connection) => _verifiers[connection.Options.Webhook.Kind];

    /// <summary>The connection's secrets. A webhook waits for them before its body, while it holds nothing that another needs.</summary>
    public async ValueTask<WebhookSecrets> ReadSecretsAsync(Connection connection, CancellationToken cancellationToken)
    {
        var (verifier, options) = (VerifierOf(connection), connection.Options.Webhook);
        // Both reads are under way, and their time runs, before either is waited for.
        var firstReading = ReadAsync(verifier, options.Secret, cancellationToken);
        var secondReading = options.SecondSecret.Length > 0 ? ReadAsync(verifier, options.SecondSecret, cancellationToken) : default;
        var first = await firstReading;
        var second = await secondReading;
        return new WebhookSecrets(first.Value, second.Value, first.Problem ?? second.Problem);
    }

    /// <summary>Whether one of the secrets proves the webhook.</summary>
    /// <param name="connection">The connection that the webhook names.</param>
    /// <param name="secrets">The connection's secrets.</param>
    /// <param name="request">For its headers.</param>
    /// <param name="body">Its body; empty where the headers alone prove it.</param>
    public bool IsAuthentic(Connection connection, WebhookSecrets secrets, WebhookRequest request, ReadOnlySpan<byte> body)
    {
        var (verifier, options) = (VerifierOf(connection), connection.Options.Webhook);
        // Both, always: the time must not tell which one matched.
        return (secrets.First is { } first && verifier.IsAuthentic(options, first, request, body))
            | (secrets.Second is { } second && verifier.IsAuthentic(options, second, request, body));
    }

    private async ValueTask<Secret> ReadAsync(IWebhookVerifier verifier, string name, CancellationToken cancellationToken)
    {
        try
        {
            // It is mostly in memory. Then nothing is waited for and no timer made.
            var reading = secrets.GetAsync(name, cancellationToken);
            var value = reading.IsCompleted ? await reading : await WaitAsync(reading, cancellationToken);
            return verifier.WhatIsWrongWith(value) is { } wrong
                ? new Secret(Value: null, $"The secret '{name}' {wrong}, so it can't be used for {verifier.Kind}: replace it.")
                : new Secret(value, Problem: null);
        }
        catch (SecretUnavailableException exception)
        {
            return new Secret(Value: null, exception.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            var seconds = SecretTime.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            return new Secret(Value: null, $"The secret '{name}' was not there within {seconds} s, and a webhook can't wait longer: check the vault and the network.");
        }
    }

    // Gives up waiting when the webhook can't wait longer; the store's read goes on for the next one.
    private async Task<string> WaitAsync(ValueTask<string> reading, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(SecretTime, clock);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        return await reading.AsTask().WaitAsync(waiting.Token);
    }

    private readonly record struct Secret(string? Value, string? Problem);
}

/// <summary>A connection's webhook secrets as far as they can be used: two, while one replaces the other.</summary>
/// <param name="First">The first; null when it can't be used.</param>
/// <param name="Second">The second; null when there is none, or it can't be used.</param>
/// <param name="Problem">Why one of them can't be used, naming it; null when all can.</param>
public readonly record struct WebhookSecrets(string? First, string? Second, string? Problem);
