using System.Text.Json;

namespace KlaviyoRelay.Core.Work;

/// <summary>The wire format of <see cref="RelayMessage"/>.</summary>
internal static class RelayMessageSerializer
{
    public static QueueMessage ToQueueMessage(RelayMessage message) => new(
        MessageId: ConversationEventId.ForMessage(message),
        SessionId: message.Event.Account,
        Body: message.Version == MessageVersion.First
            ? JsonSerializer.Serialize(message, RelayJsonContext.Compact.RelayMessage)
            : JsonSerializer.Serialize(WireMessage.SecondOf(message), RelayJsonContext.Compact.WireMessage));

    /// <summary>Reads a message body; null when it is not a message of a version that is known.</summary>
    public static RelayMessage? Read(string body)
    {
        try
        {
            var message = JsonSerializer.Deserialize(body, RelayJsonContext.Default.WireMessage)?.Complete();
            return message is not null && IsComplete(message.Event, message.Emails) ? message : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What the JSON reader lets through: a number as an enum's value when there is none of that number, and null in a list.</summary>
    public static bool IsComplete(ConversationEvent conversationEvent, IReadOnlyList<string>? emails) =>
        Enum.IsDefined(conversationEvent.Kind)
        && !string.IsNullOrWhiteSpace(conversationEvent.Helpdesk)
        && (emails is null || !emails.Any(string.IsNullOrWhiteSpace));
}
