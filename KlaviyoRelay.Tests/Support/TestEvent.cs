using KlaviyoRelay.Core.Conversations.Relaying;
using KlaviyoRelay.Core.Klaviyo.Events;

namespace KlaviyoRelay.Tests.Support;

/// <summary>An event that no message brought.</summary>
internal sealed record TestEvent(ConversationContent Conversation, string Email)
    : KlaviyoEvent(Conversation, Email, Conversation.InConversation);
