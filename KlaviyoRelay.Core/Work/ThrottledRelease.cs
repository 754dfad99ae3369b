using KlaviyoRelay.Core.Clocks;
using KlaviyoRelay.Core.Http;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Core.Work;

/// <summary>
/// Sends letters whose time has come round again; after a day of attempts a person has to decide. What a person has to
/// decide about and waits here, because its own queue did not take it, goes there. What a queue does not take stays for
/// another hold, so that it keeps no other letter from being moved.
/// </summary>
public sealed partial class ThrottledRelease
{
    private readonly PlaceSender _sender;
    private readonly UnreadableMessages _unreadable;
    private readonly TimeSpan _hold;
    private readonly TimeSpan _giveUpAfter;
    private readonly WriteVersion _version;
    private readonly WorkReport _report;
    private readonly TimeProvider _clock;
    private readonly ILogger<ThrottledRelease> _logger;

    internal ThrottledRelease(
        PlaceSender sender, UnreadableMessages unreadable, DeadLetterOptions options, WriteVersion version, WorkReport report, TimeProvider clock, ILogger<ThrottledRelease> logger)
    {
        _sender = sender;
        _unreadable = unreadable;
        _hold = options.Hold;
        _giveUpAfter = options.GiveUpAfter;
        _version = version;
        _report = report;
        _clock = clock;
        _logger = logger;
    }

    /// <summary>Moves a batch of due letters on.</summary>
    /// <param name="bodies">Message bodies of <see cref="QueueNames.DeadLetterThrottled"/>.</param>
    /// <param name="cancellationToken">Ends the attempt; the batch is read again then.</param>
    /// <exception cref="QueueUnavailableException">The queue did not accept them; read the batch again.</exception>
    public async Task ReleaseAsync(IReadOnlyList<string> bodies, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(bodies);
        var letters = bodies.Select(body => (Body: body, Letter: DeadLetterSerializer.Read(body))).ToList();
        await _unreadable.SetAsideAsync([.. letters.Where(pair => pair.Letter is null).Select(pair => pair.Body)], cancellationToken);

        var later = _clock.WallTime() + _hold;
        // In the order of time, so that the events of one email are relayed in it.
        var due = letters.Select(pair => pair.Letter).OfType<DeadLetter>().OrderBy(letter => letter.Event.OccurredAt).Select(Judge).ToList();
        var places = await _sender.SendAsync(
            [.. due.Select(letter => DeadLetterReasons.IsTransient(letter.Reason) ? LetterPlaces.ToGoOn(letter, later) : LetterPlaces.ToWait(letter, later))],
            cancellationToken);
        Tell([.. due.Zip(places)]);
    }

    /// <summary>The letter as it goes on: one that was tried for too long is for a person.</summary>
    private DeadLetter Judge(DeadLetter read)
    {
        var letter = read with { Version = _version.Number };
        return !DeadLetterReasons.IsTransient(letter.Reason)
            ? letter with { ReleaseAt = null }
            : IsTooOld(letter) ? letter with { Reason = DeadLetterReason.ThrottledTooLong, ReleaseAt = null } : letter;
    }

    private void Tell(IReadOnlyList<(DeadLetter Letter, Place Place)> moves)
    {
        var counts = new Dictionary<string, int>();
        foreach (var (letter, place) in moves)
        {
            counts[place.Queue] = counts.GetValueOrDefault(place.Queue) + 1;
            if (place.Queue == QueueNames.ConversationEvents)
            {
                _report.Released(letter);
            }
            else
            {
                _report.DeadLettered(place.Queue, letter with { ReleaseAt = place.Message.NotBefore });
            }
        }

        var released = counts.GetValueOrDefault(QueueNames.ConversationEvents);
        var parked = counts.GetValueOrDefault(QueueNames.DeadLetterRejected);
        var kept = counts.GetValueOrDefault(QueueNames.DeadLetterThrottled);
        Log.Released(_logger, released, parked, kept);
    }

    // By its tries, and not by its age: a letter that was held for a day is tried once after that.
    private bool IsTooOld(DeadLetter letter) => letter.LastFailureAt - letter.FirstFailureAt >= _giveUpAfter;

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Released {Released} throttled letter(s); parked {Parked}; {Kept} could not be moved and stay(s) for another hold.")]
        public static partial void Released(ILogger logger, int released, int parked, int kept);
    }
}
