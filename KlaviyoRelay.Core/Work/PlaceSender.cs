using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Core.Work;

/// <summary>A queue where something can wait, and the message that it is there.</summary>
/// <param name="Queue">One of <see cref="QueueNames"/>.</param>
public sealed record Place(string Queue, QueueMessage Message);

/// <summary>
/// Sends things that must not be lost, each to the first of its places that takes it. One that is refused holds no
/// other up, and what a queue has accepted is not sent to it again.
/// </summary>
public sealed partial class PlaceSender(IEventQueue queue, TimeProvider clock, ILogger<PlaceSender> logger)
{
    // After so many refusals in a row it is the queue and not the message.
    private const int RefusalsInARow = 2;

    // When no place takes something, the broker is away. A batch that fails then is delivered again, and after 10
    // deliveries the broker puts it away: 31 s, which the lock has left beside the longest batch.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(31);

    /// <param name="things">Of each thing its places, the best first.</param>
    /// <param name="cancellationToken">Ends the attempt; some may have been accepted by then.</param>
    /// <returns>Where each thing is now, in the same order.</returns>
    /// <exception cref="QueueUnavailableException">No place takes one of them.</exception>
    public async Task<IReadOnlyList<Place>> SendAsync(IReadOnlyList<IReadOnlyList<Place>> things, CancellationToken cancellationToken)
    {
        var left = things.Select(places => new Shipment(places)).ToList();
        IReadOnlyList<Shipment> all = [.. left];
        var started = clock.GetTimestamp();
        for (var wait = TimeSpan.FromSeconds(1); ; wait *= 2)
        {
            var refusal = await SendOnceAsync(left, cancellationToken);
            left.RemoveAll(shipment => shipment.TakenAt is not null);
            if (left.Count == 0)
            {
                return [.. all.Select(shipment => shipment.TakenAt).OfType<Place>()];
            }

            if (clock.GetElapsedTime(started) + wait > Patience)
            {
                throw refusal ?? new QueueUnavailableException("A message has no place to go to.");
            }

            await Task.Delay(wait, clock, cancellationToken);
        }
    }

    /// <summary>Tries every place of each once; the last refusal, where there was one.</summary>
    private async Task<QueueUnavailableException?> SendOnceAsync(IReadOnlyList<Shipment> shipments, CancellationToken cancellationToken)
    {
        QueueUnavailableException? refusal = null;
        for (var choice = 0; shipments.Any(shipment => shipment.IsOpen(choice)); choice++)
        {
            foreach (var group in shipments.Where(shipment => shipment.IsOpen(choice)).GroupBy(shipment => shipment.Places[choice].Queue))
            {
                var refused = await SendAsync(group.Key, [.. group], choice, cancellationToken);
                if (refused is not null)
                {
                    var count = group.Count(shipment => shipment.TakenAt is null);
                    Log.Refused(logger, count, group.Key, refused.Message);
                }

                refusal = refused ?? refusal;
            }
        }

        return refusal;
    }

    private async Task<QueueUnavailableException?> SendAsync(string name, IReadOnlyList<Shipment> shipments, int choice, CancellationToken cancellationToken)
    {
        var refusal = await TrySendAsync(name, shipments, choice, cancellationToken);
        if (refusal is null || shipments.Count == 1)
        {
            return refusal;
        }

        var refusals = 0;
        foreach (var shipment in shipments.Where(shipment => shipment.TakenAt is null))
        {
            if (refusals == RefusalsInARow)
            {
                break;
            }

            var refused = await TrySendAsync(name, [shipment], choice, cancellationToken);
            refusals = refused is null ? 0 : refusals + 1;
            refusal = refused ?? refusal;
        }

        return refusal;
    }

    /// <summary>Sends them together and notes what the queue accepted; null when that is all.</summary>
    private async Task<QueueUnavailableException?> TrySendAsync(string name, IReadOnlyList<Shipment> shipments, int choice, CancellationToken cancellationToken)
    {
        var accepted = shipments.Count;
        QueueUnavailableException? refusal = null;
        try
        {
            await queue.SendAsync(name, [.. shipments.Select(shipment => shipment.Places[choice].Message)], cancellationToken);
        }
        catch (QueueUnavailableException exception)
        {
            (accepted, refusal) = (exception.Accepted, exception);
        }

        foreach (var shipment in shipments.Take(accepted))
        {
            shipment.TakenAt = shipment.Places[choice];
        }

        return refusal;
    }

    private sealed class Shipment(IReadOnlyList<Place> places)
    {
        public IReadOnlyList<Place> Places { get; } = places;

        public Place? TakenAt { get; set; }

        public bool IsOpen(int choice) => TakenAt is null && choice < Places.Count;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "{Count} message(s) could not be written to {Queue}; another queue is tried: {Reason}")]
        public static partial void Refused(ILogger logger, int count, string queue, string reason);
    }
}
