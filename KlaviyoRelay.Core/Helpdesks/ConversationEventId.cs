using KlaviyoRelay.Core.Klaviyo.Events;

namespace KlaviyoRelay.Core.Helpdesks;

/// <summary>
/// Ids that are derived, never random: a webhook that is delivered twice, a message that is read twice and an
/// event that is sent twice all carry the same id, so that Klaviyo records it once.
/// </summary>
public static class ConversationEventId
{
    /// <summary>The id of a conversation event: 40 lowercase hex characters.</summary>
    /// <param name="kind">What happened, in the helpdesk's words.</param>
    /// <param name="conversationId">The helpdesk's id of the conversation.</param>
    /// <param name="occurrence">What differs between two events of this kind in the same conversation.</param>
    public static string Of(string connection, string kind, string conversationId, string occurrence) =>
        UniqueId.Of(connection, kind, conversationId, occurrence);
}
