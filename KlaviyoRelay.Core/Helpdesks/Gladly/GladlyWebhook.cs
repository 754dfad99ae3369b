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

        /// <summary>The state immediately before the event.</summary>
        public GladlyEventContext? Context { get; init; }
    }

    internal sealed record GladlyEventContext(GladlyAssignee? Assignee);

    internal sealed record GladlyAssignee(string? InboxId);
}
