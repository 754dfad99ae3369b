using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Klaviyo.Events;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Core.Conversations.Relaying;

/// <summary>What Klaviyo is told of one thing that happened to a conversation.</summary>
/// <param name="connection">For the names.</param>
/// <param name="conversation">What happened.</param>
internal sealed class ConversationContent(Connection connection, ConversationEvent conversation) : KlaviyoContent(conversation.Id, connection.ProfilePropertyJson)
{
    public Connection Connection { get; } = connection;

    public bool? InConversation { get; } = conversation.InConversation;

    protected override byte[] Write() => KlaviyoContentWriter.Write(Connection, conversation);
}
