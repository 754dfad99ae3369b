namespace KlaviyoRelay.Simulator.Demo;

/// <summary>One webhook of the story, and what should come of it.</summary>
internal sealed record DemoStep(string Connection, string Event, string Customer, string Body)
{
    /// <summary>The conversation as the helpdesk has it when it sends this webhook.</summary>
    public (string Id, string Status)? Conversation { get; init; }

    public IReadOnlyList<ExpectedEvent> Expected { get; init; } = [];

    /// <summary>Nothing comes of it by design, and the relay answers 200 rather than 202.</summary>
    public bool IsIgnored { get; init; }

    /// <summary>A word on why it is in the story.</summary>
    public string Note { get; init; } = "";
}
