using KlaviyoRelay.Worlds.Time;

namespace KlaviyoRelay.Worlds.Brokers;

/// <summary>The messages of one session, which one receiver at a time has.</summary>
internal sealed class BrokerSession(BrokerQueue queue, string name, BrokerSession? home = null)
{
    public string Name { get; } = name;

    /// <summary>What can be received, in order.</summary>
    public List<BrokerMessage> Waiting { get; } = [];

    /// <summary>Where what is left goes back to; null for a session.</summary>
    public BrokerSession? Home => home;

    public SessionLock? Lock { get; set; }

    public IEnumerable<BrokerMessage> All => Lock is null ? Waiting : Waiting.Concat(Lock.InHand);

    public SessionLock Accept(string holder, Timeline timeline, Action ready)
    {
        var taken = new SessionLock(queue, this, holder, ready);
        Lock = taken;
        timeline.After(BrokerQueue.LockTime, taken.Expire);
        return taken;
    }
}

/// <summary>A receiver's hold on a session. It ends when it is released, or after the time of a lock.</summary>
internal sealed class SessionLock(BrokerQueue queue, BrokerSession session, string holder, Action ready)
{
    public string Session => session.Name;

    public string Holder { get; } = holder;

    public bool IsHeld => session.Lock == this;

    /// <summary>What was received and is not settled.</summary>
    public List<BrokerMessage> InHand { get; } = [];

    /// <summary>Up to so many messages, in order; none when the lock is lost.</summary>
    public IReadOnlyList<BrokerMessage> Receive(int most)
    {
        if (!IsHeld)
        {
            return [];
        }

        var count = Math.Min(most, session.Waiting.Count);
        var batch = session.Waiting[..count];
        session.Waiting.RemoveRange(0, count);
        InHand.AddRange(batch);
        foreach (var message in batch)
        {
            message.VisibleSince = null;
            message.Deliveries++;
        }

        return batch;
    }

    /// <summary>False when the lock is lost: everything comes again.</summary>
    public bool Complete()
    {
        if (!IsHeld)
        {
            return false;
        }

        InHand.Clear();
        return true;
    }

    public void Abandon()
    {
        if (IsHeld)
        {
            session.Waiting.InsertRange(0, InHand.Where(message => !queue.GivesUp(message)).ToList());
            InHand.Clear();
        }
    }

    public void Release()
    {
        Abandon();
        if (IsHeld)
        {
            session.Lock = null;
            var left = session.Waiting.Count > 0;
            if (session.Home is { } home)
            {
                home.Waiting.InsertRange(0, session.Waiting);
                session.Waiting.Clear();
                queue.GiveBack(session);
            }

            if (left)
            {
                ready();
            }
        }
    }

    public void Expire() => Release();
}
