using KlaviyoRelay.Worlds.Apps;
using KlaviyoRelay.Worlds.Helpdesks;
using KlaviyoRelay.Worlds.Plans;
using KlaviyoRelay.Worlds.Rules;

namespace KlaviyoRelay.Worlds;

/// <summary>Plays one world from its beginning until everything has come to rest, or a promise is broken.</summary>
internal sealed class WorldRun
{
    private static readonly TimeSpan RecoverEvery = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Slice = TimeSpan.FromMinutes(10);

    // A letter waits for a day at most, and a tenth more.
    private static readonly TimeSpan LongestRest = TimeSpan.FromHours(30);

    private readonly World _world;
    private readonly Operator _operator;

    private WorldRun(WorldPlan plan, Action<string>? tell)
    {
        _world = new World(plan, tell);
        _operator = new Operator(_world);
    }

    /// <summary>Plays a plan on a thread of its own.</summary>
    /// <param name="tell">Gets the story line by line; null where nobody reads it.</param>
    public static WorldOutcome Play(WorldPlan plan, Action<string>? tell = null)
    {
        WorldOutcome? outcome = null;
        // Continuations run one in another, so a deep stack.
        var thread = new Thread(() => outcome = new WorldRun(plan, tell).TryPlay(), 16 * 1024 * 1024);
        thread.UnsafeStart();
        thread.Join();
        return outcome ?? throw new InvalidOperationException("The world did not end.");
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
        Each(RecoverEvery, () => _ = _world.Apps.Pick()?.RecoverAsync());
        Each(TimeSpan.FromDays(1), () => _ = _world.Apps.Pick()?.ExpireAsync());
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

        _world.Broker.Events.Ready = _world.Apps.Wake;
        _world.Broker.Throttled.Ready = _world.Apps.Wake;
        foreach (var (number, trouble) in _world.Plan.Troubles.Index())
        {
            _world.Timeline.At(trouble.From.Ticks, () => troubles.Begin(trouble, number + 1));
        }

        foreach (var act in _world.Plan.Acts)
        {
            _world.Timeline.At(act.At.Ticks, () => _operator.Do(act));
        }
    }

    /// <summary>Whatever can be received is received soon, when all is well.</summary>
    private void Look()
    {
        foreach (var queue in new[] { _world.Broker.Events, _world.Broker.Throttled })
        {
            if (queue.OldestWait > Slice && _world.Weather.IsCalmFor(Slice + LookEvery))
            {
                _world.Violate(RuleNames.Time, $"A message of {queue.Name} can be received for {queue.OldestWait}, and nobody takes it.");
            }
        }
    }

    private void Rest()
    {
        var end = _world.Plan.Length + LongestRest;
        while (_world.Violations.Count == 0 && _world.Now < end)
        {
            PlayUntil(_world.Now + Slice);
            if (_world.Senders.Open == 0 && _world.Broker.Events.IsEmpty && _world.Broker.Throttled.IsEmpty && !_operator.RedriveUseful())
            {
                return;
            }
        }

        if (_world.Violations.Count == 0)
        {
            _world.Violate(RuleNames.Time, $"{_world.Broker.Events.Messages.Count()} message(s) and {_world.Broker.Throttled.Messages.Count()} letter(s) still wait {LongestRest} after the last trouble.");
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
