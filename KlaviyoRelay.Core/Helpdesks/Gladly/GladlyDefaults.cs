namespace KlaviyoRelay.Core.Helpdesks.Gladly;

/// <summary>The names that Gladly's own Klaviyo app uses, and more in their manner for what it leaves out.</summary>
public static class GladlyDefaults
{
    public static HelpdeskDefaults Value { get; } = new()
    {
        Opened = "started conversation in Gladly",
        Closed = "closed conversation in Gladly",
        Reopened = "reopened conversation in Gladly",
        Rated = "rated conversation in Gladly",
        Moved = "moved conversation in Gladly",
        ProfileProperty = "In Gladly Conversation",
        // Gladly keeps personal data out of its webhooks on purpose, and its app sends the email and the flag only.
        SendsProperties = false,
    };
}
