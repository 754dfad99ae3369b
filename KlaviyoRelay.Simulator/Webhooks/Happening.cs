using System.Globalization;

namespace KlaviyoRelay.Simulator.Webhooks;

/// <summary>What a webhook tells of: something that happened to a conversation.</summary>
/// <param name="Id">The webhook's own id.</param>
/// <param name="Conversation">The conversation's id.</param>
/// <param name="Customer">The customer's id.</param>
/// <param name="At">When it happened.</param>
internal sealed record Happening(string Id, string Conversation, string Customer, DateTimeOffset At)
{
    public string Subject { get; init; } = "Where is my order #1002?";

    public string Time => At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
