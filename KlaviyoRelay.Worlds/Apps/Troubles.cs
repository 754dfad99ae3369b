using KlaviyoRelay.Worlds.Plans;
using KlaviyoRelay.Worlds.Vendors;

namespace KlaviyoRelay.Worlds.Apps;

/// <summary>Begins and ends what goes wrong: keys, clocks and processes here, and all else by the <see cref="Weather"/> that requests meet.</summary>
internal sealed class Troubles
{
    private readonly World _world;

    public Troubles(World world)
    {
        _world = world;
        foreach (var account in Names.Accounts)
        {
            NewKey(account, 0);
        }
    }

    private string NewKey(string account, int number)
    {
        var key = FormattableString.Invariant($"{account}_zq9-key-{number}");
        _world.Klaviyo.Accept(account, key);
        _world.Secrets[Settings.SecretOf(account)] = key;
        return key;
    }

    /// <param name="number">Which of the plan's it is: keys that are made then have it in their names.</param>
    public void Begin(Trouble trouble, int number)
    {
        _world.Story.Tell($"Trouble: {trouble}");
        _world.Weather.Begin(trouble);
        Action end = trouble.Kind switch
        {
            TroubleKind.KeyRevoked => Revoke(trouble.Target, number),
            TroubleKind.KeyRotated => Rotate(trouble.Target, number),
            TroubleKind.ClockStepped => SetClock(trouble),
            TroubleKind.Stopped => Stop(trouble.Target),
            TroubleKind.Killed or TroubleKind.KilledAtRequest => Kill(trouble),
            _ => EndsByItself,
        };
        _world.Timeline.At(trouble.Until.Ticks, () =>
        {
            _world.Weather.End(trouble);
            _world.Story.Tell($"Over: {trouble.Kind} at {trouble.Target}");
            end();
        });
    }

    private static void EndsByItself()
    {
    }

    private Action Revoke(string account, int number)
    {
        // Only now: a key that is rotated in the right order is never refused for good.
        _world.Facts.Note(Facts.Unauthorized, account);
        _world.Klaviyo.Revoke(_world.Secrets[Settings.SecretOf(account)]);
        return () => NewKey(account, number);
    }

    private Action Rotate(string account, int number)
    {
        var old = _world.Secrets[Settings.SecretOf(account)];
        NewKey(account, number);
        return () => _world.Klaviyo.Revoke(old);
    }

    private Action SetClock(Trouble trouble)
    {
        var instance = _world.Apps.Find(trouble.Target);
        instance?.Clock.Step(trouble.Step);
        return () => instance?.Clock.Step(-trouble.Step);
    }

    private Action Stop(string name)
    {
        _world.Apps.Stop(name);
        return () => Restart(name);
    }

    private Action Kill(Trouble trouble)
    {
        if (_world.Apps.Find(trouble.Target) is { } instance)
        {
            if (trouble.Kind == TroubleKind.Killed)
            {
                _world.Kill(instance);
            }
            else
            {
                instance.DieSoon(trouble.Detail / 2 % 12, isBefore: trouble.Detail % 2 == 0);
            }
        }

        return () =>
        {
            _world.Apps.Find(trouble.Target)?.Survive();
            Restart(trouble.Target);
        };
    }

    /// <summary>As soon as the process before it has ended.</summary>
    private void Restart(string name)
    {
        if (_world.Apps.Find(name) is { IsTaking: false })
        {
            _world.Timeline.After(TimeSpan.FromSeconds(5), () => Restart(name));
        }
        else
        {
            _world.Apps.Start(name);
        }
    }
}
