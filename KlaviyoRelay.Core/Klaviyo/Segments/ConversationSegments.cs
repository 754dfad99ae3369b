namespace KlaviyoRelay.Core.Klaviyo.Segments;

/// <summary>The names of the segments that <c>relay segments create</c> makes for a connection. A segment is known by its name.</summary>
public static class ConversationSegments
{
    /// <summary>The segment of customers in conversation.</summary>
    /// <param name="connection">The connection of their conversations.</param>
    public static string InConversation(string connection) => $"In conversation with support ({connection})";
}
