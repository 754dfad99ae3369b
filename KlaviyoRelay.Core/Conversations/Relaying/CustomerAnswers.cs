using KlaviyoRelay.Core.Helpdesks;

namespace KlaviyoRelay.Core.Conversations.Relaying;

/// <summary>What is true for the customers of a batch.</summary>
/// <param name="States">By the conversation of the event that asks.</param>
/// <param name="Overtaken">Conversations whose event came after one that happened later, as far as this process knows.</param>
public sealed record CustomerAnswers(IReadOnlyDictionary<ConversationKey, ConversationState> States, IReadOnlySet<ConversationKey> Overtaken);
