using System.Text.Json;

namespace KlaviyoRelay.Core.Work;

/// <summary>What a queue's message holds, for a person to look at and to send again.</summary>
/// <param name="Message">The work.</param>
/// <param name="Letter">The letter that holds it; null when a message does.</param>
public sealed record QueuedWork(RelayMessage Message, DeadLetter? Letter);

/// <summary>Reads messages and letters, of each <see cref="MessageVersion"/>.</summary>
/// <param name="kinds">Every kind of work; the first is the only one of version 1.</param>
public sealed class MessageReader(IReadOnlyList<WorkKind> kinds)
{
    /// <summary>Reads a message's body; null when it is none of a version and kind that is known.</summary>
    public RelayMessage? Read(string body) => Read(body, ReadMessage);

    /// <summary>
    /// Reads a message's or a letter's body; null when it is none of a version and kind that is known. A letter may be found
    /// in any queue: a relay that could not read it set it aside.
    /// </summary>
    public QueuedWork? ReadEither(string body) => ReadLetter(body) is { } letter
        ? new QueuedWork(letter.Message, letter)
        : Read(body) is { } message ? new QueuedWork(message, Letter: null) : null;

    /// <summary>Reads a letter's body; null when it is none of a version and kind that is known.</summary>
    public DeadLetter? ReadLetter(string body) => Read(body, ReadLetter);

    private static T? Read<T>(string body, Func<JsonElement, T?> read)
        where T : class
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object ? read(document.RootElement) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private RelayMessage? ReadMessage(JsonElement json)
    {
        var head = json.Deserialize(WorkJsonContext.Default.MessageHead);
        return head is not null && ReadPayload(head, json) is { } payload
            ? new RelayMessage
            {
                Version = head.Version,
                Payload = payload,
                Attempts = head.Attempts,
                FirstFailureAt = head.FirstFailureAt,
                AcceptedAt = head.AcceptedAt,
                Trace = head.Trace,
            }
            : null;
    }

    // A message of version 1 is its own payload.
    private WorkPayload? ReadPayload(MessageHead head, JsonElement json) => head switch
    {
        { Version: MessageVersion.First } => kinds[0].Read(json),
        { Version: MessageVersion.Second, Id: not null, Account: not null, Connection: not null, Payload: { } payload } => kinds.FirstOrDefault(kind => kind.Name == head.Kind)?.Read(payload),
        _ => null,
    };

    // A letter of version 1 has its message's members.
    private DeadLetter? ReadLetter(JsonElement json) =>
        json.Deserialize(WorkJsonContext.Default.LetterHead) is { Reason: { } reason, Detail: { } detail, LastFailureAt: { } lastFailureAt } head
        && Enum.IsDefined(reason)
        && ReadMessage(head.Message ?? json) is { Attempts: > 0, FirstFailureAt: not null } message
        && message.Version == head.Version
            ? new DeadLetter { Message = message, Reason = reason, Detail = detail, LastFailureAt = lastFailureAt, ReleaseAt = head.ReleaseAt }
            : null;
}
