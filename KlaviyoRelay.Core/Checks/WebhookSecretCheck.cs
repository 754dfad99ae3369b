using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Helpdesks.Checking;
using KlaviyoRelay.Core.Helpdesks.Webhooks;

namespace KlaviyoRelay.Core.Checks;

/// <summary>Whether a connection's webhook secrets are there, and of the form that its kind of authentication asks for.</summary>
public sealed class WebhookSecretCheck(IEnumerable<IWebhookVerifier> verifiers)
{
    private readonly Dictionary<string, IWebhookVerifier> _verifiers = verifiers.ToDictionary(verifier => verifier.Kind, StringComparer.Ordinal);

    /// <summary>The names of the secrets: two, while one replaces the other.</summary>
    public static IReadOnlyList<string> SecretsOf(Connection connection) =>
        connection.Options.Webhook is { SecondSecret.Length: > 0 } webhook ? [webhook.Secret, webhook.SecondSecret] : [connection.Options.Webhook.Secret];

    public async Task<IReadOnlyList<CheckLine>> CheckAsync(Connection connection, CheckRun run)
    {
        var verifier = _verifiers[connection.Options.Webhook.Kind];
        var names = SecretsOf(connection);
        var secrets = await Task.WhenAll(names.Select(run.SecretAsync));
        return [.. names.Zip(secrets, (name, secret) => Read(verifier, name, secret).Of(name == names[0] ? "Webhook secret" : "Webhook second secret"))];
    }

    private static Finding Read(IWebhookVerifier verifier, string name, CheckedSecret secret) =>
        secret.Value is not { } value ? secret.Problem ?? Finding.Unknown("the secret could not be read")
        : verifier.WhatIsWrongWith(value) is { } wrong ? Finding.Failed($"The secret '{name}' {wrong}, so it can't be used for {verifier.Kind}", "store it again")
        : Finding.Ok("Present");
}
