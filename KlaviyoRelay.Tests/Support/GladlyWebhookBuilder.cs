using System.Globalization;
using KlaviyoRelay.Simulator.Webhooks;

namespace KlaviyoRelay.Tests.Support;

/// <summary>A Gladly webhook as documented; a created conversation unless the test says otherwise.</summary>
internal sealed class GladlyWebhookBuilder() : JsonBuilder<GladlyWebhookBuilder>(Created)
{
    public const string CustomerId = "THx8Z8y-ScuMoqBH8Awtng";
    public const string InboxId = "NFpDZtfqhk2pI6fjaVDlFf";
    public const string ConversationId = "aGaHXjD4li-moMR8LbULZb";

    private static readonly string Created = GladlyWebhooks.Conversation(
        GladlyWebhooks.Created, new Happening("yHaHXjD4SR-moMR9LbULDb", ConversationId, CustomerId, DateTimeOffset.Parse("2026-01-15T14:03:00.07Z", CultureInfo.InvariantCulture)))
        .Replace("simulated-inbox", InboxId, StringComparison.Ordinal);

    public GladlyWebhookBuilder OfType(string type) => With("type", type);

    public GladlyWebhookBuilder Closed() => OfType("CONVERSATION/CLOSED").With("id", "p1Qd7cXUTgG3Zl0vYB6u-w").With("timestamp", "2026-01-15T15:40:03.512Z");

    public GladlyWebhookBuilder Reopened() => OfType("CONVERSATION/REOPENED").With("id", "r2Qd7cXUTgG3Zl0vYB6u-x").With("timestamp", "2026-01-15T15:44:00Z");
}
