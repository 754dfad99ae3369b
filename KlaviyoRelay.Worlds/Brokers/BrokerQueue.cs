using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Worlds.Time;

namespace KlaviyoRelay.Worlds.Brokers;

/// <summary>A message that a queue has.</summary>
internal sealed class BrokerMessage(QueueMessage sent, long number)
{
    public QueueMessage Sent { get; } = sent;

    /// <summary>In which order the queue got them.</summary>
    public long Number { get; } = number;

    public int Deliveries { get; set; }

    /// <summary>Since when it could be received.</summary>
    public TimeSpan FirstVisible { get; set; }

    /// <summary>Since when it can be received; null while it is held or locked.</summary>
    public TimeSpan? VisibleSince { get; set; }
}

/// <summary>What a queue promises.</summary>
internal enum QueueRules
{
    /// <summary>Each message is by itself, and has a lock of its own.</summary>
    Messages,

    /// <summary>A session is one receiver's as long as it has the session's lock. Repeats are dropped.</summary>
    Sessions,

    /// <summary>
    /// Azurite's queues as the local host uses them: batches of one session, and each message is hidden for a time. What a
    /// process that was killed had in hand comes back later than what was sent after it. Repeats are kept.
    /// </summary>
    AzuriteSessions,
}

/// <summary>
/// A queue as Service Bus has it: sessions with locks, a window in which repeats are dropped, messages for later, counts of
/// deliveries and a place for what was delivered too often (learn.microsoft.com/azure/service-bus-messaging); or as Azurite has it.
/// </summary>
internal sealed class BrokerQueue(string name, QueueRules rules, Timeline timeline)
{
    public static readonly TimeSpan LockTime = TimeSpan.FromMinutes(5);

    private const int MaxDeliveries = 10;
    private static readonly TimeSpan RepeatWindow = TimeSpan.FromHours(2);

    private readonly Dictionary<string, BrokerSession> _sessions = [];
    private readonly List<BrokerSession> _lent = [];
    private readonly Dictionary<string, TimeSpan> _known = new(StringComparer.Ordinal);
    private readonly Queue<(TimeSpan At, string Id)> _knownSince = new();
    private long _numbers;

    public string Name { get; } = name;

    /// <summary>What was delivered too often.</summary>
    public List<BrokerMessage> PutAway { get; } = [];

    /// <summary>Messages that wait for their time.</summary>
    public List<BrokerMessage> Held { get; } = [];

    public IEnumerable<BrokerMessage> Messages => _sessions.Values.Concat(_lent).SelectMany(session => session.All).Concat(Held);

    public bool IsEmpty => Held.Count == 0 && _sessions.Values.Concat(_lent).All(session => !session.All.Any());

    /// <summary>How long what can be received by anybody waits by now.</summary>
    public TimeSpan OldestWait => _sessions.Values.Where(session => session.Lock is null && session.Waiting.Count > 0)
        .Select(session => Now - (session.Waiting[0].VisibleSince ?? Now)).DefaultIfEmpty().Max();

    /// <summary>How long the oldest message is here, beside those that wait for their time.</summary>
    public TimeSpan OldestStay => _sessions.Values.Concat(_lent).SelectMany(session => session.All).Select(message => Now - message.FirstVisible).DefaultIfEmpty().Max();

    /// <summary>Is told when something can be received.</summary>
    public Action Ready { get; set; } = () => { };

    private TimeSpan Now => TimeSpan.FromTicks(timeline.Now);

    /// <summary>False for a repeat, which is dropped.</summary>
    public bool Send(QueueMessage message)
    {
        if (rules == QueueRules.Sessions && IsRepeat(message.MessageId))
        {
            return false;
        }

        var kept = new BrokerMessage(message, _numbers++);
        if (message.NotBefore is { } notBefore && notBefore > timeline.Time)
        {
            Held.Add(kept);
            timeline.After(notBefore - timeline.Time, () =>
            {
                if (Held.Remove(kept))
                {
                    Show(kept);
                }
            });
        }
        else
        {
            Show(kept);
        }

        return true;
    }

    /// <summary>The session that waited longest and is nobody's; null when there is none.</summary>
    public SessionLock? Accept(string holder)
    {
        BrokerSession? next = null;
        foreach (var session in _sessions.Values)
        {
            if (session.Lock is null && session.Waiting.Count > 0 && (next is null || session.Waiting[0].VisibleSince < next.Waiting[0].VisibleSince))
            {
                next = session;
            }
        }

        // Where each message has a lock of its own, what one receiver takes leaves the rest to the others.
        var taken = next is null || rules == QueueRules.Sessions ? next : Lend(next);
        return taken?.Accept(holder, timeline, Ready);
    }

    /// <summary>Takes a message out, as an operator does; false when it is locked or gone.</summary>
    public bool Remove(BrokerMessage message) => Held.Remove(message) || PutAway.Remove(message) || _sessions.Values.Any(session => session.Waiting.Remove(message));

    /// <summary>What was not completed comes again, unless that was too often.</summary>
    public bool GivesUp(BrokerMessage message)
    {
        if (message.Deliveries < MaxDeliveries)
        {
            message.VisibleSince = Now;
            return false;
        }

        PutAway.Add(message);
        return true;
    }

    private BrokerSession Lend(BrokerSession all)
    {
        var lent = new BrokerSession(this, all.Name, all);
        lent.Waiting.AddRange(all.Waiting);
        all.Waiting.Clear();
        _lent.Add(lent);
        return lent;
    }

    public void GiveBack(BrokerSession lent) => _lent.Remove(lent);

    private void Show(BrokerMessage message)
    {
        // Without sessions who asks gets what there is.
        var key = rules == QueueRules.Messages ? "" : message.Sent.SessionId;
        if (!_sessions.TryGetValue(key, out var session))
        {
            _sessions[key] = session = new BrokerSession(this, key);
        }

        message.VisibleSince = Now;
        message.FirstVisible = Now;
        session.Waiting.Add(message);
        Ready();
    }

    private bool IsRepeat(string id)
    {
        while (_knownSince.TryPeek(out var oldest) && Now - oldest.At > RepeatWindow)
        {
            _knownSince.Dequeue();
            _known.Remove(oldest.Id);
        }

        if (!_known.TryAdd(id, Now))
        {
            return true;
        }

        _knownSince.Enqueue((Now, id));
        return false;
    }
}
