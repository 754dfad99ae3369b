using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using KlaviyoRelay.Core.Klaviyo.Events;

namespace KlaviyoRelay.Core.Work;

/// <summary>
/// Ids that are derived, never random: a webhook that is delivered twice, a message that is read twice and an
/// event that is sent twice all carry the same id, so that Klaviyo records it once.
/// </summary>
internal static class ConversationEventId
{
    private const int OnStack = 512;

    /// <summary>The id of a conversation event: 40 lowercase hex characters.</summary>
    /// <param name="connection">The connection's name.</param>
    /// <param name="kind">What happened, in the helpdesk's words.</param>
    /// <param name="conversationId">The helpdesk's id of the conversation.</param>
    /// <param name="occurrence">What tells this happening from another of its kind in the same conversation.</param>
    public static string Of(string connection, string kind, string conversationId, string occurrence) =>
        Text([connection, kind, conversationId, occurrence]);

    /// <summary>Klaviyo's <c>unique_id</c> for one event and one email, in whatever case the email is written.</summary>
    public static UniqueId ForEmail(string eventId, string email) => Hash([eventId, IsLowerAscii(email) ? email : email.ToLowerInvariant()]);

    /// <summary>
    /// The id of a queue message: the event's own the first time, so that the broker drops a webhook's repeat;
    /// another one for each later attempt and its emails, so that it does not drop those.
    /// </summary>
    public static string ForMessage(RelayMessage message) =>
        message.Attempts == 0 ? message.Event.Id : Text([message.Event.Id, $"{message.Attempts}", .. message.Emails ?? []]);

    /// <summary>The id of a dead letter: a batch that is read twice writes the same letters.</summary>
    public static string ForLetter(DeadLetter letter) =>
        Text([letter.Event.Id, $"{letter.Attempts}", $"{letter.Reason}", .. letter.Emails ?? []]);

    // Nearly every email, and a look at it costs less than writing it anew.
    private static bool IsLowerAscii(string email) => Ascii.IsValid(email) && !email.AsSpan().ContainsAnyInRange('A', 'Z');

    // Short enough for Service Bus (a MessageId has at most 128 characters).
    private static string Text(ReadOnlySpan<string> parts) => Hash(parts).ToString();

    private static UniqueId Hash(ReadOnlySpan<string> parts)
    {
        var size = 0;
        foreach (var part in parts)
        {
            size += sizeof(int) + Encoding.UTF8.GetMaxByteCount(part.Length);
        }

        Span<byte> text = size <= OnStack ? stackalloc byte[OnStack] : new byte[size];
        var length = 0;
        foreach (var part in parts)
        {
            // The length goes first, so that ("ab", "c") and ("a", "bc") differ.
            var bytes = Encoding.UTF8.GetBytes(part, text[(length + sizeof(int))..]);
            BinaryPrimitives.WriteInt32LittleEndian(text[length..], bytes);
            length += sizeof(int) + bytes;
        }

        // In one call: a hash that is fed piece by piece costs several times as much, in OpenSSL's objects and finalizers.
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..length], digest);
        return new UniqueId(digest);
    }
}
