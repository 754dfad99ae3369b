namespace KlaviyoRelay.Core.Helpdesks;

/// <summary>Names of the Klaviyo event properties: <c>Relay__Connections__{name}__Properties__...</c>.</summary>
public sealed class PropertyNameOptions
{
    /// <summary>The helpdesk's id of the conversation.</summary>
    public string ConversationId { get; set; } = "conversationId";

    /// <summary>The address of the conversation in the helpdesk.</summary>
    public string ConversationLink { get; set; } = "conversationLink";

    /// <summary>The channel or channels, such as <c>email</c> or <c>chat, email</c>.</summary>
    public string ConversationChannel { get; set; } = "conversationChannel";

    /// <summary>The conversation's subject.</summary>
    public string Subject { get; set; } = "subject";

    /// <summary>The rating, a number from 1 to 5.</summary>
    public string Rating { get; set; } = "rating";

    /// <summary>"1" for a rating of 4 or 5, else "0". Text, because Klaviyo ignores an event property of 0.</summary>
    public string Score { get; set; } = "score";
}
