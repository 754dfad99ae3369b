namespace KlaviyoRelay.Tests.Support;

/// <summary>A Gladly webhook as documented; a created conversation unless the test says otherwise.</summary>
internal sealed class GladlyWebhookBuilder() : JsonBuilder<GladlyWebhookBuilder>(Created)
{
    public const string CustomerId = "THx8Z8y-ScuMoqBH8Awtng";
    public const string ConversationId = "aGaHXjD4li-moMR8LbULZb";

    private const string Created = """
        {
          "id": "yHaHXjD4SR-moMR9LbULDb",
          "type": "CONVERSATION/CREATED",
          "timestamp": "2026-01-15T14:03:00.07Z",
          "initiator": { "id": "THx8Z8y-ScuMoqBH8Awtng", "type": "CUSTOMER" },
          "content": {
            "customerId": "THx8Z8y-ScuMoqBH8Awtng",
            "conversationId": "aGaHXjD4li-moMR8LbULZb",
            "context": { "assignee": { "inboxId": "NFpDZtfqhk2pI6fjaVDlFf" } }
          }
        }
        """;

    public GladlyWebhookBuilder OfType(string type) => With("type", type);

    public GladlyWebhookBuilder Closed() => OfType("CONVERSATION/CLOSED").With("id", "p1Qd7cXUTgG3Zl0vYB6u-w").With("timestamp", "2026-01-15T15:40:03.512Z");

    public GladlyWebhookBuilder Reopened() => OfType("CONVERSATION/REOPENED").With("id", "r2Qd7cXUTgG3Zl0vYB6u-x").With("timestamp", "2026-01-15T15:44:00Z");
}
