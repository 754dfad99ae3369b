using KlaviyoRelay.LocalHost.Azurite;

namespace KlaviyoRelay.LocalHost.Queues;

/// <summary>Sorts received messages by session and hands out batches: one in flight per session, in the queue's order.</summary>
internal sealed class SessionBoard(int maxBatchSize)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Queue<ReceivedMessage>> _waiting = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SessionBatch> _running = new(StringComparer.Ordinal);

    public int Held
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Values.Sum(session => session.Count) + _running.Values.Sum(batch => batch.Messages.Count);
            }
        }
    }

    /// <summary>Whether some session could run a full batch now, so that receiving more first gains nothing.</summary>
    public bool HasFullBatch
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Any(session => session.Value.Count >= maxBatchSize && !_running.ContainsKey(session.Key));
            }
        }
    }

    public void Add(ReceivedMessage message, string session)
    {
        lock (_lock)
        {
            if (!_waiting.TryGetValue(session, out var waiting))
            {
                _waiting[session] = waiting = new Queue<ReceivedMessage>();
            }

            waiting.Enqueue(message);
        }
    }

    /// <summary>A batch for each session that has messages and none in flight.</summary>
    /// <param name="now">Messages whose lock is over by then are dropped: they will be received again.</param>
    public IReadOnlyList<SessionBatch> Take(DateTimeOffset now)
    {
        lock (_lock)
        {
            var batches = new List<SessionBatch>();
            foreach (var (session, waiting) in _waiting.Where(session => !_running.ContainsKey(session.Key)).ToList())
            {
                var messages = new List<ReceivedMessage>();
                while (messages.Count < maxBatchSize && waiting.TryDequeue(out var message))
                {
                    if (message.LockedUntil > now && !message.IsSettled)
                    {
                        messages.Add(message);
                    }
                }

                if (waiting.Count == 0)
                {
                    _waiting.Remove(session);
                }

                if (messages.Count > 0)
                {
                    batches.Add(_running[session] = new SessionBatch(session, messages));
                }
            }

            return batches;
        }
    }

    /// <summary>Puts a running batch's messages before what waits of its session. <see cref="Complete"/> lets them run.</summary>
    public void PutBack(SessionBatch batch)
    {
        lock (_lock)
        {
            _waiting[batch.Session] = new Queue<ReceivedMessage>([.. batch.Messages, .. _waiting.GetValueOrDefault(batch.Session, [])]);
        }
    }

    public void Complete(SessionBatch batch)
    {
        lock (_lock)
        {
            _running.Remove(batch.Session);
        }
    }

    /// <summary>All that is held, in each session's order.</summary>
    public IReadOnlyList<ReceivedMessage> All()
    {
        lock (_lock)
        {
            return [.. _running.Values.SelectMany(batch => batch.Messages), .. _waiting.Values.SelectMany(session => session)];
        }
    }
}

internal sealed record SessionBatch(string Session, IReadOnlyList<ReceivedMessage> Messages);
