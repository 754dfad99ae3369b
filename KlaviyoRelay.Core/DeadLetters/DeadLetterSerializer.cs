using System.Globalization;
using System.Text.Json;
using KlaviyoRelay.Core.Conversations;
using KlaviyoRelay.Core.Queueing;

namespace KlaviyoRelay.Core.DeadLetters;

/// <summary>The wire format of <see cref="DeadLetter"/>.</summary>
public static class DeadLetterSerializer
{
    /// <summary>Reads a message body; null when it is not a dead letter of the current version.</summary>
    /// <param name="body">JSON text.</param>
    public static DeadLetter? Read(string body)
    {
        try
        {
            var letter = JsonSerializer.Deserialize(body, RelayJsonContext.Default.DeadLetter);
            return letter is { Version: DeadLetter.CurrentVersion }
                && Enum.IsDefined(letter.Reason)
                && RelayMessageSerializer.IsComplete(letter.Event, letter.Emails)
                    ? letter
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    internal static QueueMessage ToQueueMessage(DeadLetter letter, DateTimeOffset? notBefore) => new(
        MessageId: ConversationEventId.ForLetter(letter),
        SessionId: letter.Event.Account,
        Body: JsonSerializer.Serialize(letter, RelayJsonContext.Compact.DeadLetter),
        NotBefore: notBefore);

    /// <summary>The same letter once more, under another id: a broker that drops repeats must not drop it.</summary>
    internal static QueueMessage ToQueueMessageAgain(DeadLetter letter, DateTimeOffset notBefore)
    {
        var message = ToQueueMessage(letter, notBefore);
        return message with { MessageId = $"{message.MessageId}-{notBefore.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)}" };
    }
}
