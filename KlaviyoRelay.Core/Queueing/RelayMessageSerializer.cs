using System.Text.Json;
using KlaviyoRelay.Core.Conversations;

namespace KlaviyoRelay.Core.Queueing;

/// <summary>The wire format of <see cref="RelayMessage"/>.</summary>
internal static class RelayMessageSerializer
{
    public static QueueMessage ToQueueMessage(RelayMessage message) => new(
        MessageId: ConversationEventId.ForMessage(message),
        SessionId: message.Event.Account,
        Body: JsonSerializer.Serialize(message, RelayJsonContext.Compact.RelayMessage));

    /// <summary>Reads a message body; null when it is not a message of the current version.</summary>
    public static RelayMessage? Read(string body)
    {
        try
        {
            var message = JsonSerializer.Deserialize(body, RelayJsonContext.Default.RelayMessage);
            // A number is read as an enum's value even when there is none of that number.
            return message is { Version: RelayMessage.CurrentVersion } && Enum.IsDefined(message.Event.Kind) && Enum.IsDefined(message.Event.Helpdesk) ? message : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
