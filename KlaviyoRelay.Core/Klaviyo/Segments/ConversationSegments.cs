namespace KlaviyoRelay.Core.Klaviyo.Segments;

/// <summary>The name of the segment that the audit makes for a connection, and that campaigns leave out. A segment is known by its name.</summary>
public static class ConversationSegments
{
    /// <summary>The segment of customers in conversation.</summary>
    /// <param name="connection">The connection of their conversations.</param>
    public static string InConversation(string connection) => $"In conversation with support ({connection})";
}
