using KlaviyoRelay.Core;
using KlaviyoRelay.Core.Conversations;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Worlds.Plans;
using KlaviyoRelay.Worlds.Vendors;

namespace KlaviyoRelay.Worlds.Rules;

/// <summary>Reads what is sent to the queues: letters say the truth, and hold nothing of a person but what is still to do.</summary>
internal sealed class Letters(World world)
{
    // docs/settings.md: Relay__DeadLetters__Hold, less what clocks differ.
    private static readonly TimeSpan LeastHold = TimeSpan.FromMinutes(15) - TimeSpan.FromSeconds(1);
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(1);

    // A tenth more than that at most.
    private static readonly TimeSpan LongestHold = GiveUpAfter * 1.11;

    private readonly Dictionary<string, int> _sent = new(StringComparer.Ordinal);

    /// <summary>Letters that an operator has thrown away.</summary>
    public List<DeadLetter> Purged { get; } = [];

    public int Count { get; private set; }

    /// <summary>In which order fresh messages were sent first; null for one that was not.</summary>
    public int? PlaceOf(string? messageId) => messageId is not null && _sent.TryGetValue(messageId, out var place) ? place : null;

    public void Sent(string queue, QueueMessage message)
    {
        if (queue == QueueNames.ConversationEvents)
        {
            SentWork(message);
        }
        else if (message.Body.Contains(Names.Private, StringComparison.OrdinalIgnoreCase) && queue == QueueNames.Records)
        {
            world.Violate(RuleNames.Privacy, $"A message of {queue} holds what is in a row: {message.Body}");
        }
        else if (queue != QueueNames.Records && RelayWork.Reader.ReadLetter(message.Body) is { } letter)
        {
            Count++;
            Check(queue, letter);
        }
    }

    private void SentWork(QueueMessage message)
    {
        if (message.Body.Contains("\"attempts\":0", StringComparison.Ordinal))
        {
            _sent.TryAdd(message.MessageId, _sent.Count);
        }
        else if (RelayWork.Reader.Read(message.Body) is { FirstFailureAt: not null } again && world.Ledger.Find(again) is { } happening)
        {
            happening.HadLetter = true;
        }
    }

    private void Check(string queue, DeadLetter letter)
    {
        var happening = world.Ledger.Find(letter.Message);
        if (happening is not null)
        {
            happening.HadLetter = true;
        }

        if (letter.Message.Payload is ConversationWork { Emails: { } emails } work)
        {
            var sent = happening is null ? [] : happening.Keys.Where(key => world.Klaviyo.Recorded.PlaceOf(key) is not null).Select(key => key.Email);
            world.Flags.Waits(letter.Message.Account, work.Event.LeavesAccount ? emails : emails.Intersect(sent, StringComparer.OrdinalIgnoreCase));
        }

        world.Turns.Waits(letter);
        if (happening is not null)
        {
            world.Holds.Check(letter, happening);
        }

        world.Story.Tell($"A letter of {happening?.Id ?? letter.Message.Id} goes to {queue}: {DeadLetterReasons.NameOf(letter.Reason)}, {letter.Detail}");
        if (letter.Detail.Contains(Names.Private, StringComparison.OrdinalIgnoreCase))
        {
            world.Violate(RuleNames.Privacy, $"A letter's detail holds what is a person's: {letter.Detail}");
        }

        if (!IsTrue(letter, happening))
        {
            world.Violate(RuleNames.Reason, $"The letter of {happening?.ToString() ?? letter.Message.Id} says {DeadLetterReasons.NameOf(letter.Reason)}: {letter.Detail}");
        }

        if (letter.ReleaseAt - letter.LastFailureAt > LongestHold)
        {
            world.Violate(RuleNames.Time, $"The letter of {happening?.ToString() ?? letter.Message.Id} is held for {letter.ReleaseAt - letter.LastFailureAt}.");
        }

        if (letter is { ReleaseAt: { } release } && queue == QueueNames.DeadLetterThrottled && DeadLetterReasons.IsTransient(letter.Reason) && release - letter.LastFailureAt < LeastHold)
        {
            world.Violate(RuleNames.Time, $"The letter of {happening?.ToString() ?? letter.Message.Id} is held for {release - letter.LastFailureAt} only.");
        }
    }

    private bool IsTrue(DeadLetter letter, Happening? happening)
    {
        var of = new[] { letter.Message.Account, letter.Message.Connection, "vault", "store" };
        return letter.Reason switch
        {
            // What the batch waited for can have been of another connection or account.
            DeadLetterReason.Throttled when letter.Detail.Contains("used up by waiting before", StringComparison.Ordinal) => world.Facts.HasAny(Facts.Throttled) || world.Facts.HasAny(Facts.Unavailable) || !world.Plan.Town.HasRoom,
            // Also by waiting for one's own limit, or for what answers slowly.
            DeadLetterReason.Throttled => of.Any(one => world.Facts.Has(Facts.Throttled, one) || world.Facts.Has(Facts.Unavailable, one)) || !world.Plan.Town.HasRoom,
            DeadLetterReason.Unavailable => of.Any(one => world.Facts.Has(Facts.Unavailable, one)) || world.Weather.Met.ContainsKey(TroubleKind.QueueAway) || world.Weather.Met.ContainsKey(TroubleKind.QueueFull) || world.Weather.Met.ContainsKey(TroubleKind.QueueAnswersLost),
            DeadLetterReason.Invalid => letter.Message.Payload is ConversationWork { Emails: { } emails } && emails.All(email => world.Facts.Has(Facts.Invalid, email)),
            DeadLetterReason.Forbidden => world.Facts.Has(Facts.Forbidden, letter.Message.Account),
            DeadLetterReason.Outdated => world.Facts.Has(Facts.Outdated, letter.Message.Account),
            DeadLetterReason.Unauthorized => world.Facts.Has(Facts.Unauthorized, letter.Message.Account),
            DeadLetterReason.CustomerNotFound => letter.Message.Payload is ConversationWork { Event: var happened } && world.Facts.Has(Facts.CustomerNotFound, happened.CustomerId.Replace(GladlyDesk.Merged, "", StringComparison.Ordinal)),
            DeadLetterReason.ThrottledTooLong => letter.LastFailureAt - letter.FirstFailureAt >= GiveUpAfter,
            _ => happening is null && letter.Message.Payload is ConversationWork,
        };
    }
}
