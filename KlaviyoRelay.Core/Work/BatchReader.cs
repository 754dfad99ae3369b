namespace KlaviyoRelay.Core.Work;

/// <summary>Reads a batch's messages and puts aside what is no work of its queue.</summary>
public sealed class BatchReader(MessageReader reader, UnreadableMessages unreadable)
{
    /// <param name="queue">The queue that the batch is of.</param>
    /// <param name="bodies">The message bodies.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="UnreadableMessagesException">No message of the batch can be read.</exception>
    public async Task<IReadOnlyList<RelayMessage>> ReadAsync(string queue, IReadOnlyList<string> bodies, CancellationToken cancellationToken)
    {
        var readable = new List<RelayMessage>(bodies.Count);
        var rest = new List<string>();
        foreach (var body in bodies)
        {
            if (reader.Read(body) is { } message && message.Payload.Kind.Queue == queue)
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

        await unreadable.SetAsideAsync(queue, rest, cancellationToken);
        return readable;
    }
}
