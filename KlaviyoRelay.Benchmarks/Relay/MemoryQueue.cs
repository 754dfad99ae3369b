using System.Text;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Faults.Processes;
using KlaviyoRelay.LocalHost.Settings;

namespace KlaviyoRelay.Benchmarks.Relay;

/// <summary>
/// The broker in this process's memory: messages by session, in order, one batch in flight per session. It keeps
/// bytes, as a broker does, so that a waiting message costs its length.
/// </summary>
internal sealed class MemoryQueue : IEventQueue, IDisposable
{
    // As the local host receives no more before some are done; on Azure an instance has one batch at a time.
    private static readonly int MaxInFlight = 2 * HostJson.Read().MaxMessageBatchSize;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Queue<byte[]>> _waiting = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _running = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _signal = new(0);
    private int _inFlight;

    public Task SendAsync(string queue, IReadOnlyList<QueueMessage> messages, CancellationToken cancellationToken)
    {
        UnmetException.ThrowUnless(queue == QueueNames.ConversationEvents, () => $"A message was sent to {queue}: nothing should go wrong here.");
        lock (_lock)
        {
            foreach (var message in messages)
            {
                if (!_waiting.TryGetValue(message.SessionId, out var session))
                {
                    _waiting[message.SessionId] = session = new Queue<byte[]>();
                }

                session.Enqueue(Encoding.UTF8.GetBytes(message.Body));
            }
        }

        Wake();
        return Task.CompletedTask;
    }

    public Task CheckAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Returns when something was sent or completed since the last time.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => _signal.WaitAsync(cancellationToken);

    /// <summary>A batch of each session that has messages and none in flight, until enough are in flight.</summary>
    public IReadOnlyList<(string Session, string[] Bodies)> Take(int maxBatchSize)
    {
        lock (_lock)
        {
            var batches = new List<(string, string[])>();
            foreach (var (session, waiting) in _waiting)
            {
                if (waiting.Count > 0 && _inFlight < MaxInFlight && !_running.ContainsKey(session))
                {
                    var bodies = new string[Math.Min(waiting.Count, maxBatchSize)];
                    _running[session] = bodies.Length;
                    _inFlight += bodies.Length;
                    for (var index = 0; index < bodies.Length; index++)
                    {
                        bodies[index] = Encoding.UTF8.GetString(waiting.Dequeue());
                    }

                    batches.Add((session, bodies));
                }
            }

            return batches;
        }
    }

    public void Complete(string session)
    {
        lock (_lock)
        {
            _running.Remove(session, out var messages);
            _inFlight -= messages;
        }

        Wake();
    }

    public bool IsEmpty
    {
        get
        {
            lock (_lock)
            {
                return _running.Count == 0 && _waiting.Values.All(session => session.Count == 0);
            }
        }
    }

    public void Dispose() => _signal.Dispose();

    private void Wake()
    {
        if (_signal.CurrentCount == 0)
        {
            _signal.Release();
        }
    }
}
