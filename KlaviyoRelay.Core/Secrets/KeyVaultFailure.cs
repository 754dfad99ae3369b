using System.Text.Json;
using Azure;
using Azure.Identity;

namespace KlaviyoRelay.Core.Secrets;

/// <summary>
/// What it means when a secret can't be read from Key Vault, in words that tell what to do
/// (learn.microsoft.com/azure/key-vault/general/rest-error-codes; the inner codes are as the vault sends them). Only an
/// answer with the vault's <c>error.code</c> is the vault's word: a proxy that answers in its place takes no secret away.
/// </summary>
public static class KeyVaultFailure
{
    public static SecretReading.Failed Of(string name, Uri vault, Exception exception) => Read(name, vault, exception) with { Cause = exception };

    /// <summary>An answer of 200 that holds no secret.</summary>
    public static SecretReading.Failed NoSecret(string name, Uri vault) => Unlike(name, vault, "no secret in its answer");

    private static SecretReading.Failed Read(string name, Uri vault, Exception exception) => exception switch
    {
        RequestFailedException { Status: > 0 } answered when Code(answered) is null => Unlike(name, vault, Describe(exception)),
        RequestFailedException { Status: 404 } =>
            Missing($"The secret '{name}' is not in {vault}: create it, or correct the setting that names it."),
        RequestFailedException { Status: 400 } =>
            Missing($"{vault} does not take '{name}' for the name of a secret: use letters, digits and hyphens, in the vault and in the setting that names it."),
        RequestFailedException { Status: 403 } refused when InnerCode(refused) == "SecretDisabled" =>
            Missing($"The newest version of the secret '{name}' in {vault} is disabled: enable it, or store a new one."),
        RequestFailedException { Status: 403 } refused when InnerCode(refused) is "ForbiddenByFirewall" or "ForbiddenByConnection" =>
            Unreachable($"The secret '{name}' can't be read, because the firewall of {vault} keeps the relay out: allow the app's network there."),
        RequestFailedException { Status: 403 } =>
            Forbidden($"The secret '{name}' may not be read from {vault}: give the relay's identity the role Key Vault Secrets User there."),
        RequestFailedException { Status: 401 } =>
            Forbidden($"The secret '{name}' may not be read from {vault}, which does not accept the relay's sign-in: its identity must be of the vault's tenant, and have the role Key Vault Secrets User."),
        AuthenticationFailedException =>
            Unreachable($"The secret '{name}' can't be read from {vault}, because the relay can't sign in to Azure: check AZURE_CLIENT_ID and that the app has that identity; on your own machine, sign in with 'az login'."),
        _ => Unlike(name, vault, Describe(exception)),
    };

    private static SecretReading.Failed Unlike(string name, Uri vault, string how) =>
        Unreachable($"The secret '{name}' can't be read, because {vault} does not answer as a vault does ({how}): check KeyVault__Uri and the network.");

    private static SecretReading.Failed Missing(string message) => new(SecretProblem.Missing, message);

    private static SecretReading.Failed Forbidden(string message) => new(SecretProblem.Forbidden, message);

    private static SecretReading.Failed Unreachable(string message) => new(SecretProblem.Unreachable, message);

    // Not the exception's own words: they are long, and hold what was answered.
    private static string Describe(Exception exception) => exception switch
    {
        RequestFailedException { Status: > 0 } answered => $"{answered.Status}",
        OperationCanceledException => "no answer in time",
        RequestFailedException or AggregateException => "no connection",
        _ => exception.GetType().Name,
    };

    /// <summary>Key Vault says what kind of 403 it is in <c>{"error":{"code":"Forbidden","innererror":{"code":…}}}</c>.</summary>
    private static string? InnerCode(RequestFailedException exception) =>
        Read(exception, error => error.GetProperty("innererror").GetProperty("code").GetString());

    /// <summary>Every error of the vault's has one.</summary>
    private static string? Code(RequestFailedException exception) =>
        Read(exception, error => error.GetProperty("code").GetString() is { Length: > 0 } code ? code : null);

    private static string? Read(RequestFailedException exception, Func<JsonElement, string?> read)
    {
        try
        {
            using var body = JsonDocument.Parse(exception.GetRawResponse()?.Content.ToMemory() ?? default);
            return read(body.RootElement.GetProperty("error"));
        }
        catch (Exception notThere) when (notThere is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
