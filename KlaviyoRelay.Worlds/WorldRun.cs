using KlaviyoRelay.Worlds.Apps;
using KlaviyoRelay.Worlds.Plans;
using KlaviyoRelay.Worlds.Rules;
using KlaviyoRelay.Worlds.Time;

namespace KlaviyoRelay.Worlds;

/// <summary>Plays one world from its beginning until everything has come to rest, or a promise is broken.</summary>
internal sealed class WorldRun
{
    private static readonly TimeSpan RecoverEvery = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Slice = TimeSpan.FromMinutes(10);

    // A lost completion costs the time of a lock.
    private static readonly TimeSpan LongestStay = TimeSpan.FromMinutes(15);

    // A letter waits for a day at most, and a tenth more.
    private static readonly TimeSpan LongestRest = TimeSpan.FromHours(30);

    // Of real time: a world takes seconds, also on a busy machine. Only a code that blocks its thread takes longer.
    private static readonly TimeSpan LongestPlay = TimeSpan.FromMinutes(5);

    private readonly World _world;

    private WorldRun(WorldPlan plan, Action<string>? tell)
    {
        _world = new World(plan, tell);
    }

    /// <summary>Plays a plan on a thread of its own.</summary>
    /// <param name="tell">Gets the story line by line; null where nobody reads it.</param>
    /// <exception cref="TimeoutException">It did not end.</exception>
    public static WorldOutcome Play(WorldPlan plan, Action<string>? tell = null)
    {
        WorldOutcome? outcome = null;
        // Continuations run one in another, so a deep stack.
        var thread = new Thread(() => outcome = new WorldRun(plan, tell).TryPlay(), 16 * 1024 * 1024) { IsBackground = true };
        thread.UnsafeStart();
        return thread.Join(LongestPlay) && outcome is not null
            ? outcome
            : throw new TimeoutException($"The world of seed {plan.Seed} has not ended after {LongestPlay}: something in it loops, or waits for what only its own thread can bring.");
    }

    /// <summary>Whether Klaviyo has the customer's profiles from the start.</summary>
    public static bool IsKnownFromTheStart(Customer customer) => customer.Number % 2 == 0;

#pragma warning disable CA1031 // Whatever it is, a seed has found it.
    private WorldOutcome TryPlay()
    {
        try
        {
            Play();
        }
        catch (StandstillException standstill)
        {
            _world.Violate(RuleNames.Moves, standstill.Message);
        }
        catch (Exception exception)
        {
            _world.Violate(RuleNames.Thread, $"{exception}");
        }

        return WorldOutcome.Of(_world);
    }
#pragma warning restore CA1031

    private void Play()
    {
        Prepare();
        _world.Apps.StartAll();
        _world.Senders.SendAll();
        _world.RowSender.SendAll();
        Each(RecoverEvery, new TimerTrigger(_world, "Recovery", instance => instance.RecoverAsync()).Ring);
        Each(TimeSpan.FromDays(1), new TimerTrigger(_world, "Expiry", instance => instance.ExpireAsync()).Ring);
        var polls = new TimerTrigger(_world, "Polling", instance => instance.PollAsync());
        Each(TimeSpan.FromMinutes(1), () =>
        {
            // Without an open run it asks nothing.
            if (_world.Blobs.HasOpenRuns)
            {
                polls.Ring();
            }
        });
        Each(LookEvery, Look);
        PlayUntil(_world.Plan.Length);
        Rest();
        if (_world.Violations.Count == 0)
        {
            new EndRules(_world).Check();
        }

        _world.Apps.EndAll();
        _world.Timeline.Step(_world.Timeline.Now + 1);
    }

    private void Prepare()
    {
        var troubles = new Troubles(_world);
        foreach (var customer in _world.Plan.Talks.Select(talk => talk.Customer).Where(IsKnownFromTheStart))
        {
            foreach (var email in customer.Emails)
            {
                _world.Klaviyo.Recorded.Know(Names.Second, email);
            }
        }

        foreach (var queue in _world.Broker.Read)
        {
            queue.Ready = _world.Apps.Wake;
        }

        foreach (var (number, trouble) in _world.Plan.Troubles.Index())
        {
            _world.Timeline.At(trouble.From.Ticks, () => troubles.Begin(trouble, number + 1));
        }

        foreach (var act in _world.Plan.Acts)
        {
            _world.Timeline.At(act.At.Ticks, () => _world.Operator.Do(act));
        }
    }

    /// <summary>When all is well, whatever can be received is received soon, and is done soon: not received over and over.</summary>
    private void Look()
    {
        foreach (var queue in _world.Broker.Read)
        {
            if (queue.OldestWait > Slice && _world.Weather.IsCalmFor(Slice + LookEvery))
            {
                _world.Violate(RuleNames.Time, $"A message of {queue.Name} can be received for {queue.OldestWait}, and nobody takes it.");
            }

            if (queue.OldestStay > LongestStay && _world.Weather.IsCalmFor(LongestStay + LookEvery))
            {
                _world.Violate(RuleNames.Time, $"A message of {queue.Name} has been there for {queue.OldestStay}, and is not done.");
            }
        }
    }

    private void Rest()
    {
        var end = _world.Plan.Length + LongestRest;
        while (_world.Violations.Count == 0 && _world.Now < end)
        {
            PlayUntil(_world.Now + Slice);
            if (_world.Senders.Open + _world.RowSender.Open == 0 && _world.Broker.Read.All(queue => queue.IsEmpty) && !_world.Operator.RedriveUseful() && !_world.Blobs.HasOpenRuns)
            {
                return;
            }
        }

        if (_world.Violations.Count == 0)
        {
            _world.Violate(RuleNames.Time, $"{string.Join(", ", _world.Broker.Read.Select(queue => $"{queue.Messages.Count()} message(s) of {queue.Name}"))}{(_world.Blobs.HasOpenRuns ? " and a run" : "")} still wait {LongestRest} after the last trouble.");
        }
    }

    private void PlayUntil(TimeSpan end)
    {
        while (_world.Violations.Count == 0 && _world.Timeline.Step(end.Ticks))
        {
        }
    }

    private void Each(TimeSpan time, Action act) => _world.Timeline.After(time, () =>
    {
        Each(time, act);
        act();
    });
}
