namespace KlaviyoRelay.Tests.Support;

/// <summary>A webhook of no vendor, for a mapping of the test's own; a created conversation unless the test says otherwise.</summary>
internal sealed class DeskWebhookBuilder() : JsonBuilder<DeskWebhookBuilder>(Created)
{
    private const string Created = """
        {
          "what": "created",
          "at": "2026-01-15T14:02:11Z",
          "ticket": { "id": "t-1", "title": "Where is my order?", "via": "chat", "site": "acme-us", "score": null, "number": 7 },
          "customer": { "email": "ann@shop.example", "phone": "+1 (555) 555-0123", "open": 1 }
        }
        """;

    /// <summary>The settings of a connection that reads it, with these differences.</summary>
    public static (string Name, string? Value)[] Settings(params (string Name, string? Value)[] differences) => TestSettings.Desk(
        preset: null,
        [
            ("Generic__Kind", "/what"),
            ("Generic__Kinds__Opened", "created, new"),
            ("Generic__Kinds__Closed", "solved,closed"),
            ("Generic__Kinds__Rated", "rated"),
            ("Generic__ConversationId", "/ticket/id"),
            ("Generic__OccurredAt", "/at"),
            ("Generic__Emails", "/customer/email"),
            ("Generic__Subject", "/ticket/title"),
            ("Generic__Channel", "/ticket/via"),
            ("Generic__Link", "https://desk.example.com/{/ticket/site}/{conversationId}"),
            ("Generic__Rating", "/ticket/score"),
            ("ProfileProperty", "In Conversation"),
            .. differences,
        ]);

    public DeskWebhookBuilder Of(string what) => With("what", what);
}
