namespace KlaviyoRelay.Core.Helpdesks.Kustomer;

/// <summary>Metric names of Kustomer events.</summary>
public static class KustomerDefaults
{
    public static HelpdeskDefaults Value { get; } = new()
    {
        Opened = "Kustomer Conversation Create",
        Closed = "Kustomer Conversation Close",
        Reopened = "Kustomer Conversation Reopen",
        Rated = "Kustomer Conversation CSAT Submitted",
        Moved = "Kustomer Conversation Moved",
        SendsProperties = true,
    };
}
