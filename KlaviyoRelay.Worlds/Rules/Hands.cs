using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Worlds.Brokers;

namespace KlaviyoRelay.Worlds.Rules;

/// <summary>Who works on which session: never two at once.</summary>
internal sealed class Hands(World world)
{
    private readonly Dictionary<string, SessionLock> _taken = new(StringComparer.Ordinal);

    public void Take(string queue, SessionLock session)
    {
        if (queue != QueueNames.ConversationEvents)
        {
            return;
        }

        if (_taken.TryGetValue(session.Session, out var other) && other != session && world.Apps.IsAlive(other.Holder))
        {
            world.Violate(RuleNames.Hands, $"{session.Holder} takes the session {session.Session}, which {other.Holder} works on.");
        }

        _taken[session.Session] = session;
    }

    public void Give(string queue, SessionLock session)
    {
        if (queue == QueueNames.ConversationEvents && _taken.GetValueOrDefault(session.Session) == session)
        {
            _taken.Remove(session.Session);
        }
    }
}
