using System.Text.Json;

namespace KlaviyoRelay.Faults;

/// <summary>A message of one of the relay's queues, as far as a comparison needs it.</summary>
/// <param name="ConversationId">The helpdesk's id of the conversation.</param>
/// <param name="Emails">The emails still to do; null for all of the customer's.</param>
/// <param name="Reason">Why it waits; empty when nothing has gone wrong yet.</param>
/// <param name="Detail">What was answered.</param>
internal sealed record Letter(string ConversationId, IReadOnlyList<string>? Emails, string Reason, string Detail)
{
    public static Letter Read(string body)
    {
        using var json = JsonDocument.Parse(body);
        var letter = json.RootElement;
        return new Letter(
            Text(letter.GetProperty("event"), "conversationId"),
            letter.TryGetProperty("emails", out var emails) ? [.. emails.EnumerateArray().Select(email => email.GetString() ?? "")] : null,
            Text(letter, "reason"),
            Text(letter, "detail"));
    }

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
}
