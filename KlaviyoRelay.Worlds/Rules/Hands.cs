using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Worlds.Brokers;

namespace KlaviyoRelay.Worlds.Rules;

/// <summary>Who works on which session: never two at once.</summary>
internal sealed class Hands(World world)
{
    private readonly Dictionary<(string Queue, string Session), SessionLock> _taken = [];

    public void Take(string queue, SessionLock session)
    {
        if (queue == QueueNames.DeadLetterThrottled)
        {
            return;
        }

        if (_taken.TryGetValue((queue, session.Session), out var other) && other != session && world.Apps.IsAlive(other.Holder))
        {
            world.Violate(RuleNames.Hands, $"{session.Holder} takes the session {session.Session} of {queue}, which {other.Holder} works on.");
        }

        _taken[(queue, session.Session)] = session;
    }

    public void Give(string queue, SessionLock session)
    {
        if (_taken.GetValueOrDefault((queue, session.Session)) == session)
        {
            _taken.Remove((queue, session.Session));
        }
    }
}
