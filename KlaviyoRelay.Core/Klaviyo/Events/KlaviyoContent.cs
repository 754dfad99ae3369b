using KlaviyoRelay.Core.Conversations.Relaying;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Core.Klaviyo.Events;

/// <summary>What Klaviyo is told of one thing that happened: the same for each of the customer's emails, so it is written once.</summary>
/// <param name="connection">For the names.</param>
/// <param name="conversation">What happened.</param>
internal sealed class KlaviyoContent(Connection connection, ConversationEvent conversation)
{
    private byte[]? _members;

    public Connection Connection { get; } = connection;

    public ConversationEvent Conversation { get; } = conversation;

    /// <summary>The event's members as JSON, without braces: properties, time and metric.</summary>
    public ReadOnlySpan<byte> Members => (_members ??= KlaviyoContentWriter.Write(Connection, Conversation)).AsSpan()[1..^1];
}
