namespace KlaviyoRelay.Simulator.Helpdesks;

/// <summary>A conversation of a simulated helpdesk, its status in the helpdesk's own words.</summary>
internal sealed record Conversation(string Id, string CustomerId, string Status, DateTimeOffset UpdatedAt)
{
    public DateTimeOffset CreatedAt { get; init; } = UpdatedAt;
}
