using KlaviyoRelay.Core.Clocks;
using KlaviyoRelay.Core.Connections;
using KlaviyoRelay.Core.Queueing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KlaviyoRelay.Core.DeadLetters;

/// <summary>
/// Sends parked letters round again, once an operator has mended what they were parked for. It takes what was
/// parked before the app started (enabling the function restarts the app), so a letter that is refused again stays
/// parked and does not go round and round.
/// </summary>
public sealed partial class RejectedRedrive
{
    private readonly IEventQueue _queue;
    private readonly UnreadableMessages _unreadable;
    private readonly IReadOnlySet<DeadLetterReason> _reasons;
    private readonly TimeSpan _hold;
    private readonly TimeProvider _clock;
    private readonly DateTimeOffset _startedAt;
    private readonly ILogger<RejectedRedrive> _logger;

    internal RejectedRedrive(
        IEventQueue queue, UnreadableMessages unreadable, IOptions<RelayOptions> relay, IOptions<RedriveOptions> redrive, TimeProvider clock, ILogger<RejectedRedrive> logger)
    {
        _queue = queue;
        _unreadable = unreadable;
        _reasons = redrive.Value.ParsedReasons;
        _hold = relay.Value.DeadLetters.Hold;
        _clock = clock;
        _startedAt = clock.WallTime();
        _logger = logger;
    }

    /// <summary>Moves a batch of parked letters on, or back behind the others.</summary>
    /// <param name="bodies">Message bodies of <see cref="QueueNames.DeadLetterRejected"/>.</param>
    /// <param name="cancellationToken">Ends the attempt; the batch is read again then.</param>
    /// <exception cref="QueueUnavailableException">The queue did not accept them; read the batch again.</exception>
    public async Task RedriveAsync(IReadOnlyList<string> bodies, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(bodies);
        var letters = bodies.Select(body => (Body: body, Letter: DeadLetterSerializer.Read(body))).ToList();
        var readable = letters.Select(pair => pair.Letter).OfType<DeadLetter>().ToLookup(IsChosen);
        var again = readable[true].Select(ToMessage).ToList();
        // Not at once: as the only ones left they would be read again and again.
        var back = readable[false].Select(letter => DeadLetterSerializer.ToQueueMessageAgain(letter, _clock.WallTime() + _hold)).ToList();

        await _unreadable.SetAsideAsync([.. letters.Where(pair => pair.Letter is null).Select(pair => pair.Body)], cancellationToken);
        await _queue.SendAsync(QueueNames.DeadLetterRejected, back, cancellationToken);
        await _queue.SendAsync(QueueNames.ConversationEvents, again, cancellationToken);
        Log.Redriven(_logger, again.Count, back.Count);
    }

    /// <summary>The message that does a letter's work again; its time of attempts begins anew.</summary>
    /// <param name="letter">The letter.</param>
    public static QueueMessage ToMessage(DeadLetter letter) =>
        RelayMessageSerializer.ToQueueMessage(RelayMessage.Again(letter, firstFailureAt: null));

    private bool IsChosen(DeadLetter letter) => letter.LastFailureAt <= _startedAt && (_reasons.Count == 0 || _reasons.Contains(letter.Reason));

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Redrove {Redriven} rejected letter(s); put {Back} back.")]
        public static partial void Redriven(ILogger logger, int redriven, int back);
    }
}
