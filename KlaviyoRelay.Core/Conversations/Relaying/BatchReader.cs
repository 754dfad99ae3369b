using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Core.Conversations.Relaying;

/// <summary>Reads a batch's messages and puts aside what is none of a conversation.</summary>
public sealed class BatchReader(MessageReader reader, UnreadableMessages unreadable)
{
    /// <exception cref="UnreadableMessagesException">No message of the batch can be read.</exception>
    public async Task<IReadOnlyList<RelayMessage>> ReadAsync(IReadOnlyList<string> bodies, CancellationToken cancellationToken)
    {
        var readable = new List<RelayMessage>(bodies.Count);
        var rest = new List<string>();
        foreach (var body in bodies)
        {
            if (reader.Read(body) is { Payload: ConversationWork } message)
            {
                readable.Add(message);
            }
            else
            {
                rest.Add(body);
            }
        }

        if (readable.Count == 0 && rest.Count > 0)
        {
            unreadable.Count(rest.Count);
            throw new UnreadableMessagesException(rest.Count);
        }

        await unreadable.SetAsideAsync(rest, cancellationToken);
        return readable;
    }
}
