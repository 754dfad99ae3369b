using KlaviyoRelay.Core.Clocks;

namespace KlaviyoRelay.Core.Work;

/// <summary>
/// The last stage of a batch: what could not be delivered goes to the queue whose name says why. A letter that its
/// queue does not take waits elsewhere, so that no good event of the batch is sent again because of it.
/// </summary>
internal sealed class DeadLetterWriter(PlaceSender sender, DeadLetterOptions options, WriteVersion version, WorkReport report, TimeProvider clock)
{
    // 100 emails of 100 characters, each of 3 bytes at most, fit the smallest queue message (48 KiB on Azurite).
    private const int EmailsPerLetter = 100;

    /// <exception cref="QueueUnavailableException">A letter was not accepted by any queue, so the batch must not be completed.</exception>
    public async Task WriteAsync(IEnumerable<Undelivered> undelivered, CancellationToken cancellationToken)
    {
        var later = clock.WallTime() + options.Hold;
        var letters = Letters(undelivered).ToList();
        var places = await sender.SendAsync([.. letters.Select(letter => LetterPlaces.ToWait(letter, later))], cancellationToken);
        foreach (var (letter, place) in letters.Zip(places))
        {
            report.DeadLettered(place.Queue, letter with { ReleaseAt = place.Message.NotBefore });
        }
    }

    /// <summary>One letter for the emails of a message that failed alike.</summary>
    private IEnumerable<DeadLetter> Letters(IEnumerable<Undelivered> undelivered)
    {
        var now = clock.WallTime();
        foreach (var alike in undelivered.GroupBy(one => (one.Message, one.Failure.Reason, one.Failure.Detail)))
        {
            var letter = new DeadLetter
            {
                Version = version.Number,
                Event = alike.Key.Message.Event,
                AcceptedAt = alike.Key.Message.AcceptedAt,
                Trace = alike.Key.Message.Trace,
                Reason = alike.Key.Reason,
                Detail = alike.Key.Detail,
                Attempts = alike.Key.Message.Attempts + 1,
                FirstFailureAt = alike.Key.Message.FirstFailureAt ?? now,
                LastFailureAt = now,
                ReleaseAt = ReleaseAt(alike, now),
            };
            if (alike.Any(one => one.Emails is null))
            {
                yield return letter;
                continue;
            }

            foreach (var emails in alike.SelectMany(one => one.Emails ?? []).Distinct(StringComparer.OrdinalIgnoreCase).Chunk(EmailsPerLetter))
            {
                yield return letter with { Emails = emails };
            }
        }
    }

    private DateTimeOffset? ReleaseAt(IEnumerable<Undelivered> undelivered, DateTimeOffset now)
    {
        var first = undelivered.First();
        if (!first.Failure.IsTransient)
        {
            return null;
        }

        var (hold, giveUpAfter) = (options.Hold, options.GiveUpAfter);
        var asked = undelivered.Max(one => one.Failure.RetryAfter ?? TimeSpan.Zero);
        asked = asked < giveUpAfter ? asked : giveUpAfter;
        return now + ((asked > hold ? asked : hold) * Jitter(first.Message));
    }

    // Up to a tenth longer, so that what failed together does not come back in one moment; by the event's id, so
    // that a batch that is read twice writes the same letters.
    private static double Jitter(RelayMessage message) =>
        1 + (message.Event.Id.Aggregate(0u, (hash, letter) => (hash * 31) + letter) % 101 / 1000d);
}
