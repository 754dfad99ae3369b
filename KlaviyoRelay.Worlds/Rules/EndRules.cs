using KlaviyoRelay.Core;
using KlaviyoRelay.Core.Conversations;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Worlds.Brokers;
using KlaviyoRelay.Worlds.Plans;

namespace KlaviyoRelay.Worlds.Rules;

/// <summary>What has to hold when everything has come to rest.</summary>
internal sealed class EndRules(World world)
{
    // A pool of timers that only grows is a leak.
    private const int MostTimers = 40;

    private readonly HashSet<(Happening, string Email)> _inLetters = [];

    public void Check()
    {
        CollectLetters();
        foreach (var happening in world.Ledger.All)
        {
            CheckRecorded(happening);
        }

        foreach (var lost in world.Operator.Unreadable.Except(Waiting().Concat(world.Broker.Throttled.Messages).Select(message => message.Sent.Body)))
        {
            world.Violate(RuleNames.Lost, $"Nothing has kept the message {lost}.");
        }

        // A local host that was killed relays what comes later before what it had in hand.
        if (!world.Plan.Town.IsLocal)
        {
            CheckOrder();
        }

        world.Flags.CheckAll();
        world.RowBook.CheckAll();
        foreach (var instance in world.Apps.Alive.Where(instance => instance.Clock.Timers > MostTimers))
        {
            world.Violate(RuleNames.Memory, $"{instance.Name} is at rest and has {instance.Clock.Timers} timers.");
        }

        foreach (var (instance, connection) in world.Apps.Alive.SelectMany(instance => instance.Busy(), (instance, connection) => (instance, connection)))
        {
            world.Violate(RuleNames.Memory, $"{instance.Name} is at rest and holds the place of a webhook of {connection}.");
        }

        if (world.Timeline.HasLeftItsThread)
        {
            world.Violate(RuleNames.Thread, "Something of the relay ran on another thread: start it with Concurrency.");
        }
    }

    private void CollectLetters()
    {
        var letters = Waiting().Select(message => RelayWork.Reader.ReadEither(message.Sent.Body)?.Message).Concat(world.Letters.Purged.Select(letter => letter.Message));
        foreach (var message in letters.OfType<RelayMessage>())
        {
            if (world.Ledger.Find(message) is { } happening)
            {
                foreach (var email in message.Emails ?? happening.Talk.Customer.Emails)
                {
                    _inLetters.Add((happening, email.ToLowerInvariant()));
                }
            }
        }
    }

    /// <summary>What waits for a person.</summary>
    private IEnumerable<BrokerMessage> Waiting() =>
        world.Broker.Rejected.Messages.Concat(world.Broker.Events.PutAway).Concat(world.Broker.Records.PutAway).Concat(world.Broker.Throttled.PutAway);

    private void CheckRecorded(Happening happening)
    {
        foreach (var key in happening.Keys)
        {
            var (email, isRecorded) = (key.Email, world.Klaviyo.Recorded.PlaceOf(key) is not null);
            if (IsForNobody(happening))
            {
                if (isRecorded)
                {
                    world.Violate(RuleNames.MadeUp, $"{happening} made a profile of {email}.");
                }
            }
            else if (!isRecorded && !_inLetters.Contains((happening, email)) && (happening.AcceptedAt is not null || IsRecoverable(happening)))
            {
                world.Violate(RuleNames.Lost, $"{happening} for {email} is neither recorded nor in a letter.");
            }
        }
    }

    // Klaviyo knows half of the generic helpdesk's customers.
    private bool IsForNobody(Happening happening) =>
        happening.Connection == Names.Desk && !world.Plan.Town.CreatesProfiles && !WorldRun.IsKnownFromTheStart(happening.Talk.Customer);

    /// <summary>Gladly's record has it, so it is recorded whatever became of its webhook.</summary>
    private bool IsRecoverable(Happening happening) => happening.Connection == Names.Gladly && happening.Step.At > world.RecoveredFrom;

    private void CheckOrder()
    {
        var ordered = world.Ledger.All
            .Where(happening => !happening.HadLetter && world.Letters.PlaceOf(happening.MessageId) is not null)
            .OrderBy(happening => world.Letters.PlaceOf(happening.MessageId));
        var last = new Dictionary<(string Account, string Email), (int Place, Happening Happening)>();
        foreach (var happening in ordered)
        {
            foreach (var recorded in happening.Keys)
            {
                if (world.Klaviyo.Recorded.PlaceOf(recorded) is not { } place)
                {
                    continue;
                }

                var key = (recorded.Account, recorded.Email);
                if (last.TryGetValue(key, out var before) && before.Place > place)
                {
                    world.Violate(RuleNames.Order, $"{happening} for {recorded.Email} came into the queue after {before.Happening}, and to Klaviyo before it.");
                }

                last[key] = (place, happening);
            }
        }
    }
}
