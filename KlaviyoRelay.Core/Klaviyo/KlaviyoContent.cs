using KlaviyoRelay.Core.Connections;
using KlaviyoRelay.Core.Conversations;

namespace KlaviyoRelay.Core.Klaviyo;

/// <summary>What Klaviyo is told of one thing that happened: the same for each of the customer's emails, so it is written once.</summary>
/// <param name="connection">For the names.</param>
/// <param name="conversation">What happened.</param>
internal sealed class KlaviyoContent(Connection connection, ConversationEvent conversation)
{
    private byte[]? _properties;

    public Connection Connection { get; } = connection;

    public ConversationEvent Conversation { get; } = conversation;

    /// <summary>When it happened. Klaviyo cuts fractions of a second off; without one it is written as 2026-01-15T08:00:00Z.</summary>
    public DateTime Time => new(Conversation.OccurredAt.UtcTicks - (Conversation.OccurredAt.UtcTicks % TimeSpan.TicksPerSecond), DateTimeKind.Utc);

    /// <summary>The metric, as JSON.</summary>
    public ReadOnlySpan<byte> Metric => Connection.KlaviyoNames.Metric(Conversation.Kind);

    /// <summary>The event's properties, as JSON.</summary>
    public ReadOnlySpan<byte> Properties => _properties ??= KlaviyoProperties.Write(this);
}
