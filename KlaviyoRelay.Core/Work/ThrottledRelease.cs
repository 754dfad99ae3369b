using KlaviyoRelay.Core.Clocks;
using KlaviyoRelay.Core.Http;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Core.Work;

/// <summary>
/// Sends letters whose time has come round again; after a day of attempts a person has to decide. What a person has to
/// decide about and waits here, because its own queue did not take it, goes there. What a queue does not take stays for
/// another hold, so that it keeps no other letter from being moved.
/// </summary>
public sealed partial class ThrottledRelease(
    PlaceSender sender, MessageReader reader, UnreadableMessages unreadable, DeadLetterOptions options, WriteVersion version, WorkReport report, TimeProvider clock, ILogger<ThrottledRelease> logger)
{
    /// <summary>Moves a batch of due letters on.</summary>
    /// <param name="bodies">Message bodies of <see cref="QueueNames.DeadLetterThrottled"/>.</param>
    /// <param name="cancellationToken">Ends the attempt; the batch is read again then.</param>
    /// <exception cref="QueueUnavailableException">The queue did not accept them; read the batch again.</exception>
    public async Task ReleaseAsync(IReadOnlyList<string> bodies, CancellationToken cancellationToken)
    {
        var letters = bodies.Select(body => (Body: body, Letter: reader.ReadLetter(body))).ToList();
        await unreadable.SetAsideAsync(QueueNames.ConversationEvents, [.. letters.Where(pair => pair.Letter is null).Select(pair => pair.Body)], cancellationToken);

        var later = clock.WallTime() + options.Hold;
        // In the order of time, so that the events of one email are relayed in it.
        var due = letters.Select(pair => pair.Letter).OfType<DeadLetter>().OrderBy(letter => letter.Message.Payload.OccurredAt).Select(Judge).ToList();
        var taken = await sender.SendAsync(
            [.. due.Select(letter => DeadLetterReasons.IsTransient(letter.Reason) ? LetterPlaces.ToGoOn(letter, later) : LetterPlaces.ToWait(letter, later))],
            cancellationToken);
        Tell([.. due.Zip(taken)]);
    }

    /// <summary>The letter as it goes on: one that was tried for too long is for a person.</summary>
    private DeadLetter Judge(DeadLetter read)
    {
        var letter = read with { Message = read.Message with { Version = version.Number } };
        return !DeadLetterReasons.IsTransient(letter.Reason)
            ? letter with { ReleaseAt = null }
            : IsTooOld(letter) ? letter with { Reason = DeadLetterReason.ThrottledTooLong, ReleaseAt = null } : letter;
    }

    private void Tell(IReadOnlyList<(DeadLetter Letter, Place Place)> moves)
    {
        foreach (var (letter, place) in moves)
        {
            if (place.Queue == letter.Message.Payload.Kind.Queue)
            {
                report.Released(letter);
            }
            else
            {
                report.DeadLettered(place.Queue, letter with { ReleaseAt = place.Message.NotBefore });
            }
        }

        var parked = moves.Count(move => move.Place.Queue == QueueNames.DeadLetterRejected);
        var kept = moves.Count(move => move.Place.Queue == QueueNames.DeadLetterThrottled);
        Log.Released(logger, moves.Count - parked - kept, parked, kept);
    }

    // By its tries, and not by its age: a letter that was held for a day is tried once after that.
    private bool IsTooOld(DeadLetter letter) => letter.LastFailureAt - letter.FirstFailureAt >= options.GiveUpAfter;

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Released {Released} throttled letter(s); parked {Parked}; {Kept} could not be moved and stay(s) for another hold.")]
        public static partial void Released(ILogger logger, int released, int parked, int kept);
    }
}
