using System.Security.Cryptography;
using System.Text;
using KlaviyoRelay.Core.Secrets;

namespace KlaviyoRelay.Core.Conversations.State;

/// <summary>
/// Names a customer's partition of the record: the connection, and an HMAC of the lower-cased email with a key from the
/// vault. So the record holds no email, and a guess can't be tried without the key.
/// </summary>
public sealed class CustomerKeys(ISecretStore secrets, StateOptions options)
{
    private const int MinKeyLength = 16;

    public string Secret => options.KeySecret;
    /// <param name="email">The customer's email, or the phone number of a customer without one.</param>
    /// <exception cref="ConversationStoreException">The key can't be had.</exception>
    public async ValueTask<string> PartitionAsync(string connection, string email, CancellationToken cancellationToken)
    {
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(await KeyAsync(cancellationToken)), Encoding.UTF8.GetBytes(email.ToLowerInvariant()));
        return $"{connection}-{Convert.ToHexStringLower(hash)}";
    }

    private async ValueTask<string> KeyAsync(CancellationToken cancellationToken)
    {
        try
        {
            var key = await secrets.GetAsync(Secret, cancellationToken);
            return key.Length >= MinKeyLength
                ? key
                : throw new ConversationStoreException(isProvisioned: false, $"The secret '{Secret}', which keys the record of conversations, has fewer than {MinKeyLength} characters: store a random text of 32 characters in it.");
        }
        catch (SecretUnavailableException exception)
        {
            // A vault that does not answer is away; a secret that is not there was never made.
            throw new ConversationStoreException(exception.Problem is SecretProblem.Unreachable, exception.Message, exception);
        }
    }
}
