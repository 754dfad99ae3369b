namespace KlaviyoRelay.Core.Helpdesks.Gladly;

/// <summary>What the relay reads of a Gladly webhook (developer.gladly.com/rest, Webhooks).</summary>
internal sealed record GladlyWebhook
{
    public string? Id { get; init; }

    public string? Type { get; init; }

    public string? Timestamp { get; init; }

    public GladlyContent? Content { get; init; }

    internal sealed record GladlyContent
    {
        public string? ConversationId { get; init; }

        public string? CustomerId { get; init; }
    }
}
