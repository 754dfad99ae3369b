using KlaviyoRelay.Core.Klaviyo.Events;

namespace KlaviyoRelay.Core.Work;

/// <summary>
/// Ids that are derived, never random: a webhook that is delivered twice, a message that is read twice and an
/// event that is sent twice all carry the same id, so that Klaviyo records it once.
/// </summary>
internal static class ConversationEventId
{
    /// <summary>The id of a conversation event: 40 lowercase hex characters.</summary>
    /// <param name="connection">The connection's name.</param>
    /// <param name="kind">What happened, in the helpdesk's words.</param>
    /// <param name="conversationId">The helpdesk's id of the conversation.</param>
    /// <param name="occurrence">What differs between two events of this kind in the same conversation.</param>
    public static string Of(string connection, string kind, string conversationId, string occurrence) =>
        Text([connection, kind, conversationId, occurrence]);

    /// <summary>
    /// The id of a queue message: the event's own the first time, so that the broker drops a webhook's repeat;
    /// another one for each later attempt and its emails, so that it does not drop those.
    /// </summary>
    public static string ForMessage(RelayMessage message) =>
        message.Attempts == 0 ? message.Event.Id : Text([message.Event.Id, $"{message.Attempts}", .. message.Emails ?? []]);

    /// <summary>The id of a dead letter: a batch that is read twice writes the same letters.</summary>
    public static string ForLetter(DeadLetter letter) =>
        Text([letter.Event.Id, $"{letter.Attempts}", $"{letter.Reason}", .. letter.Emails ?? []]);

    // Short enough for Service Bus (a MessageId has at most 128 characters).
    private static string Text(ReadOnlySpan<string> parts) => UniqueId.Of(parts).ToString();
}
