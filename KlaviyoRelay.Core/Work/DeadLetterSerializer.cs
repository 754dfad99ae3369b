using System.Text.Json;
using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Core.Work;

/// <summary>The wire format of <see cref="DeadLetter"/>.</summary>
public static class DeadLetterSerializer
{
    /// <summary>Reads a message body; null when it is not a dead letter of a version that is known.</summary>
    /// <param name="body">JSON text.</param>
    public static DeadLetter? Read(string body)
    {
        try
        {
            var letter = JsonSerializer.Deserialize(body, RelayJsonContext.Default.WireLetter)?.Complete();
            return letter is not null
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

    /// <summary>
    /// The message that does a letter's work again when an operator redrives it; its time of attempts begins anew. Its id
    /// is of the content only, so that a letter that is sent twice is relayed once or recorded once.
    /// </summary>
    /// <param name="letter">The letter.</param>
    public static QueueMessage ToRedrivenMessage(DeadLetter letter) =>
        RelayMessageSerializer.ToQueueMessage(RelayMessage.Again(letter, firstFailureAt: null));

    /// <summary>
    /// Where a held letter goes when an operator does not wait for its time, and the message: its event, or the letter
    /// itself when a person has to decide about it.
    /// </summary>
    /// <param name="letter">The letter.</param>
    public static (string Queue, QueueMessage Message) ToReleased(DeadLetter letter)
    {
        ArgumentNullException.ThrowIfNull(letter);
        return DeadLetterReasons.IsTransient(letter.Reason)
            ? (QueueNames.ConversationEvents, RelayMessageSerializer.ToQueueMessage(RelayMessage.Again(letter, letter.FirstFailureAt)))
            : (QueueNames.DeadLetterRejected, ToQueueMessage(letter with { ReleaseAt = null }, notBefore: null));
    }

    internal static QueueMessage ToQueueMessage(DeadLetter letter, DateTimeOffset? notBefore) => new(
        MessageId: ConversationEventId.ForLetter(letter),
        SessionId: letter.Event.Account,
        Body: letter.Version == MessageVersion.First
            ? JsonSerializer.Serialize(letter, RelayJsonContext.Compact.DeadLetter)
            : JsonSerializer.Serialize(WireLetter.SecondOf(letter), RelayJsonContext.Compact.WireLetter),
        NotBefore: notBefore);
}
