namespace KlaviyoRelay.Core.Helpdesks.Gladly;

/// <summary>What the relay reads of a Gladly webhook (developer.gladly.com/rest, Webhooks).</summary>
// With setters, which the JSON reader fills faster than a constructor or an initializer.
public sealed record GladlyWebhook
{
    public string? Id { get; set; }

    public string? Type { get; set; }

    public string? Timestamp { get; set; }

    public GladlyContent? Content { get; set; }

    public sealed record GladlyContent
    {
        public string? ConversationId { get; set; }

        public string? CustomerId { get; set; }

        /// <summary>The state immediately before the event.</summary>
        public GladlyEventContext? Context { get; set; }
    }

    public sealed record GladlyEventContext
    {
        public GladlyAssignee? Assignee { get; set; }
    }

    public sealed record GladlyAssignee
    {
        public string? InboxId { get; set; }
    }
}
