using System.Security.Cryptography;
using System.Text;
using KlaviyoRelay.Core.DeadLetters;
using KlaviyoRelay.Core.Queueing;

namespace KlaviyoRelay.Core.Conversations;

/// <summary>
/// Ids that are derived, never random: a webhook that is delivered twice, a message that is read twice and an
/// event that is sent twice all carry the same id, so that Klaviyo records it once.
/// </summary>
internal static class ConversationEventId
{
    // Enough to never collide, and short enough for Service Bus (a MessageId has at most 128 characters).
    private const int HashBytes = 20;

    /// <summary>The id of a conversation event: 40 lowercase hex characters.</summary>
    /// <param name="connection">The connection's name.</param>
    /// <param name="kind">What happened, in the helpdesk's words.</param>
    /// <param name="conversationId">The helpdesk's id of the conversation.</param>
    /// <param name="occurrence">What tells this happening from another of its kind in the same conversation.</param>
    public static string Of(string connection, string kind, string conversationId, string occurrence) =>
        Hash([connection, kind, conversationId, occurrence]);

    /// <summary>Klaviyo's <c>unique_id</c> for one event and one email: 40 lowercase hex characters.</summary>
    public static string ForEmail(string eventId, string email) => Hash([eventId, email.ToLowerInvariant()]);

    /// <summary>
    /// The id of a queue message: the event's own the first time, so that the broker drops a webhook's repeat;
    /// another one for each later attempt and its emails, so that it does not drop those.
    /// </summary>
    public static string ForMessage(RelayMessage message) =>
        message.Attempts == 0 ? message.Event.Id : Hash([message.Event.Id, $"{message.Attempts}", .. message.Emails ?? []]);

    /// <summary>The id of a dead letter: a batch that is read twice writes the same letters.</summary>
    public static string ForLetter(DeadLetter letter) =>
        Hash([letter.Event.Id, $"{letter.Attempts}", $"{letter.Reason}", .. letter.Emails ?? []]);

    private static string Hash(ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var part in parts)
        {
            // The length goes first, so that ("ab", "c") and ("a", "bc") differ.
            var bytes = Encoding.UTF8.GetBytes(part);
            System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return Convert.ToHexStringLower(digest[..HashBytes]);
    }
}
