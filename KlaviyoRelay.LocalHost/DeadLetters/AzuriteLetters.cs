using KlaviyoRelay.Core;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.LocalHost.Azurite;

namespace KlaviyoRelay.LocalHost.DeadLetters;

internal sealed class AzuriteLetters(AzuriteQueueClient client, TimeProvider clock) : ILetterStore
{
    public async Task WalkAsync(string queue, DeadLetterWalk walk, CancellationToken cancellationToken)
    {
        var received = await WalkReceivableAsync(queue, walk, cancellationToken);
        await WalkHeldAsync(queue, received, walk, cancellationToken);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Visits what can be received and returns the ids of its messages.</summary>
    private async Task<IReadOnlySet<string>> WalkReceivableAsync(string queue, DeadLetterWalk walk, CancellationToken cancellationToken)
    {
        var received = new HashSet<string>(StringComparer.Ordinal);
        await using var reader = new QueueReader(client, queue);
        while (!walk.HasMore && await reader.NextAsync(cancellationToken) is { Count: > 0 } messages)
        {
            foreach (var message in messages)
            {
                cancellationToken.ThrowIfCancellationRequested();
                received.Add(message.Id);
                if (RelayWork.Reader.ReadLetter(message.Envelope.Body) is { } letter)
                {
                    message.IsSettled = await walk.VisitAsync(new FoundLetter(queue, letter, DueAt(letter), new AzuriteLetter(client, queue, message, letter), IsHeld: false));
                }
                else
                {
                    walk.Unreadable++;
                }
            }
        }

        return received;
    }

    /// <summary>Visits what waits until it is due, by its entries in the index. What could be received is no longer held, whatever the index says.</summary>
    private async Task WalkHeldAsync(string queue, IReadOnlySet<string> received, DeadLetterWalk walk, CancellationToken cancellationToken)
    {
        var index = HeldIndex.QueueOf(queue);
        await using var reader = new QueueReader(client, index);
        while (!walk.HasMore && await reader.NextAsync(cancellationToken) is { Count: > 0 } entries)
        {
            foreach (var entry in entries)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (HeldMessage.Decode(entry.Text) is { } held
                    && held.NotBefore > clock.GetUtcNow()
                    && !received.Contains(held.Id)
                    && RelayWork.Reader.ReadLetter(held.Envelope.Body) is { } letter
                    && await walk.VisitAsync(new FoundLetter(queue, letter, held.NotBefore, new AzuriteLetter(client, queue, held.ToReceived(), letter), IsHeld: true)))
                {
                    entry.IsSettled = await client.DeleteAsync(index, entry, CancellationToken.None);
                }
            }
        }
    }

    // A throttled letter that can be received is due, also when an operator released it before its time.
    private DateTimeOffset? DueAt(DeadLetter letter) =>
        letter.ReleaseAt is { } time && time > clock.GetUtcNow() ? clock.GetUtcNow() : letter.ReleaseAt;
}

internal sealed class AzuriteLetter(AzuriteQueueClient client, string queue, ReceivedMessage message, DeadLetter letter) : ILetterMessage
{
    public string Id => message.Id;

    /// <summary>A relay that runs takes it at its next poll, another when it is started.</summary>
    public Task<bool> ReleaseAsync() => client.UpdateAsync(queue, message, TimeSpan.Zero, CancellationToken.None);

    public async Task<bool> RedriveAsync()
    {
        var (home, redriven) = MessageWriter.ToRedriven(letter);
        await client.PutAsync(home, QueueEnvelope.Of(redriven).Encode(), TimeSpan.Zero, CancellationToken.None);
        await DeleteAsync();
        return true;
    }

    public Task<bool> DeleteAsync() => client.DeleteAsync(queue, message, CancellationToken.None);
}
