using KlaviyoRelay.Core.Clocks;
using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Core.Work;

/// <summary>What could not be done.</summary>
/// <param name="Message">What is left to do.</param>
/// <param name="Failure">Why.</param>
public sealed record FailedWork(RelayMessage Message, DeliveryFailure Failure);

/// <summary>
/// The last stage of a batch: what could not be done goes to the queue whose name says why. A letter that its
/// queue does not take waits elsewhere, so that no good work of the batch is done again because of it.
/// </summary>
public sealed class DeadLetterWriter(PlaceSender sender, DeadLetterOptions options, WriteVersion version, WorkReport report, TimeProvider clock)
{
    /// <exception cref="QueueUnavailableException">A letter was not accepted by any queue, so the batch must not be completed.</exception>
    public async Task WriteAsync(IEnumerable<FailedWork> failed, CancellationToken cancellationToken)
    {
        var now = clock.WallTime();
        var letters = failed.Select(work => Letter(work, now)).ToList();
        var taken = await sender.SendAsync([.. letters.Select(letter => LetterPlaces.ToWait(letter, now + options.Hold))], cancellationToken);
        foreach (var (letter, place) in letters.Zip(taken))
        {
            report.DeadLettered(place.Queue, letter with { ReleaseAt = place.Message.NotBefore });
        }
    }

    private DeadLetter Letter(FailedWork work, DateTimeOffset now) => new()
    {
        Message = work.Message with { Version = version.Number, Attempts = work.Message.Attempts + 1, FirstFailureAt = work.Message.FirstFailureAt ?? now },
        Reason = work.Failure.Reason,
        Detail = work.Failure.Detail,
        LastFailureAt = now,
        ReleaseAt = work.Failure.IsTransient ? now + (Hold(work.Failure.RetryAfter ?? TimeSpan.Zero) * Jitter(work.Message)) : null,
    };

    private TimeSpan Hold(TimeSpan asked) => asked > options.GiveUpAfter ? options.GiveUpAfter : asked > options.Hold ? asked : options.Hold;

    // Up to a tenth longer, so that what failed together does not come back in one moment; by the work's id, so
    // that a batch that is read twice writes the same letters.
    private static double Jitter(RelayMessage message) =>
        1 + (message.Id.Aggregate(0u, (hash, letter) => (hash * 31) + letter) % 101 / 1000d);
}
