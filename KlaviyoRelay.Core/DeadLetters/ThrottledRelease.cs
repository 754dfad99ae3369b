using KlaviyoRelay.Core.Connections;
using KlaviyoRelay.Core.Queueing;
using KlaviyoRelay.Core.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KlaviyoRelay.Core.DeadLetters;

/// <summary>Sends letters whose time has come round again; after a day of attempts a person has to decide.</summary>
public sealed partial class ThrottledRelease
{
    private readonly IEventQueue _queue;
    private readonly UnreadableMessages _unreadable;
    private readonly TimeSpan _giveUpAfter;
    private readonly RelayMetrics _metrics;
    private readonly ILogger<ThrottledRelease> _logger;

    internal ThrottledRelease(
        IEventQueue queue, UnreadableMessages unreadable, IOptions<RelayOptions> options, RelayMetrics metrics, ILogger<ThrottledRelease> logger)
    {
        _queue = queue;
        _unreadable = unreadable;
        _giveUpAfter = options.Value.DeadLetters.GiveUpAfter;
        _metrics = metrics;
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
        var readable = letters.Select(pair => pair.Letter).OfType<DeadLetter>().ToLookup(IsTooOld);
        var again = readable[false].Select(letter => RelayMessageSerializer.ToQueueMessage(RelayMessage.Again(letter, letter.FirstFailureAt))).ToList();
        var givenUp = readable[true].Select(letter => letter with { Reason = DeadLetterReason.ThrottledTooLong, ReleaseAt = null }).ToList();

        await _unreadable.SetAsideAsync([.. letters.Where(pair => pair.Letter is null).Select(pair => pair.Body)], cancellationToken);
        await _queue.SendAsync(QueueNames.DeadLetterRejected, [.. givenUp.Select(letter => DeadLetterSerializer.ToQueueMessage(letter, notBefore: null))], cancellationToken);
        await _queue.SendAsync(QueueNames.ConversationEvents, again, cancellationToken);

        foreach (var letter in readable[false])
        {
            _metrics.Released(letter);
        }

        givenUp.ForEach(letter => _metrics.DeadLettered(QueueNames.DeadLetterRejected, letter));
        Log.Released(_logger, again.Count, givenUp.Count);
    }

    // By its tries, and not by its age: a letter that was held for a day is tried once after that.
    private bool IsTooOld(DeadLetter letter) => letter.LastFailureAt - letter.FirstFailureAt >= _giveUpAfter;

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Released {Released} throttled letter(s); gave up on {GivenUp}.")]
        public static partial void Released(ILogger logger, int released, int givenUp);
    }
}
