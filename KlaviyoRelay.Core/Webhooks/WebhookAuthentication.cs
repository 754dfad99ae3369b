using System.Globalization;
using KlaviyoRelay.Core.Connections;
using KlaviyoRelay.Core.Secrets;

namespace KlaviyoRelay.Core.Webhooks;

/// <summary>Verifies a webhook with its connection's verifier and secrets: two, while one replaces the other.</summary>
internal sealed class WebhookAuthentication(IEnumerable<IWebhookVerifier> verifiers, ISecretStore secrets, TimeProvider clock)
{
    private readonly Dictionary<string, IWebhookVerifier> _verifiers = verifiers.ToDictionary(verifier => verifier.Kind, StringComparer.Ordinal);

    /// <summary>The verdict where the headers alone tell it; null where the body is signed, and for a name that is no connection.</summary>
    /// <param name="connection">The connection that the webhook names; null when there is none.</param>
    /// <param name="request">For its headers; its body is not read.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async ValueTask<WebhookVerdict?> JudgeHeadersAsync(Connection? connection, WebhookRequest request, CancellationToken cancellationToken) =>
        connection is not null && _verifiers[connection.Options.Webhook.Kind] is { HashesBody: false } verifier
            ? await AskAsync(verifier, connection.Options.Webhook, request, new HashedBody(default), cancellationToken)
            : null;

    /// <summary>The verdict. Whatever it is about, a refusal has hashed the body <see cref="HashedBody.MostHashes"/> times.</summary>
    /// <param name="connection">The connection that the webhook names; null when there is none.</param>
    /// <param name="byHeaders">What <see cref="JudgeHeadersAsync"/> said.</param>
    /// <param name="request">For its headers.</param>
    /// <param name="body">Its body.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async ValueTask<WebhookVerdict> JudgeAsync(
        Connection? connection, WebhookVerdict? byHeaders, WebhookRequest request, HashedBody body, CancellationToken cancellationToken)
    {
        var verdict = byHeaders ?? (connection is null
            ? new WebhookVerdict(IsAuthentic: false)
            : await AskAsync(_verifiers[connection.Options.Webhook.Kind], connection.Options.Webhook, request, body, cancellationToken));
        if (!verdict.IsAuthentic)
        {
            // Whoever guesses names must not learn from the clock which exist, of which kind they are and whether a
            // secret is being replaced. Who is accepted knows all that, so only refusals pay for it.
            body.HashOn();
        }

        return verdict;
    }

    private async ValueTask<WebhookVerdict> AskAsync(
        IWebhookVerifier verifier, WebhookOptions options, WebhookRequest request, HashedBody body, CancellationToken cancellationToken)
    {
        // Both reads are under way, and their time runs, before either is waited for.
        var firstReading = ReadAsync(verifier, options.Secret, cancellationToken);
        var secondReading = options.SecondSecret.Length > 0 ? ReadAsync(verifier, options.SecondSecret, cancellationToken) : default;
        var first = await firstReading;
        var second = await secondReading;
        // Both, always: the time must not tell which one matched.
        return new WebhookVerdict(IsAuthentic(first) | IsAuthentic(second), first.Problem ?? second.Problem);

        bool IsAuthentic(Secret secret) => secret.Value is { } value && verifier.IsAuthentic(options, value, request, body);
    }

    private async ValueTask<Secret> ReadAsync(IWebhookVerifier verifier, string name, CancellationToken cancellationToken)
    {
        try
        {
            // Nearly always it is in memory, and then nothing is waited for and no timer made.
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
            var seconds = WebhookLimits.SecretTime.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            return new Secret(Value: null, $"The secret '{name}' was not there within {seconds} s, and a webhook can't wait longer: check the vault and the network.");
        }
    }

    // Gives up waiting when the webhook can't wait longer; the store's read goes on for the next one.
    private async Task<string> WaitAsync(ValueTask<string> reading, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(WebhookLimits.SecretTime, clock);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        return await reading.AsTask().WaitAsync(waiting.Token);
    }

    private readonly record struct Secret(string? Value, string? Problem);
}
