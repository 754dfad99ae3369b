namespace KlaviyoRelay.Core.Helpdesks.Generic;

/// <summary>Names by the helpdesk's own. Never a bare "Started Conversation", which is a metric of Klaviyo's own Customer Agent.</summary>
public static class GenericDefaults
{
    public static HelpdeskDefaults Of(string name) => new()
    {
        Opened = $"{name} Conversation Opened",
        Closed = $"{name} Conversation Closed",
        Reopened = $"{name} Conversation Reopened",
        Rated = $"{name} Conversation Rated",
        Moved = $"{name} Conversation Moved",
        SendsProperties = true,
    };
}
