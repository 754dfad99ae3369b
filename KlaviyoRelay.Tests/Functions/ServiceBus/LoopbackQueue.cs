using Amqp;
using Amqp.Framing;
using Amqp.Types;

namespace KlaviyoRelay.Tests.Functions.ServiceBus;

/// <summary>The messages that wait on a queue of <see cref="LoopbackServiceBus"/>, or in its dead-letter subqueue.</summary>
internal sealed class LoopbackQueue(TimeProvider clock, bool dropsRepeats)
{
    private static readonly Symbol EnqueuedTime = new("x-opt-enqueued-time");

    private readonly Lock _gate = new();
    private readonly List<Waiting> _waiting = [];
    private readonly Dictionary<string, DateTimeOffset> _addedAt = [];
    private long _last;

    /// <summary>How often each message was delivered.</summary>
    public IReadOnlyList<uint> Deliveries
    {
        get
        {
            lock (_gate)
            {
                return [.. _waiting.Select(waiting => waiting.Deliveries)];
            }
        }
    }

    /// <summary>How many messages are due and not locked.</summary>
    public int Receivable
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count(waiting => !waiting.IsLocked && !IsScheduled(waiting));
            }
        }
    }

    /// <summary>A repeat is dropped without a word.</summary>
    public void Add(Message message, uint deliveries = 0)
    {
        lock (_gate)
        {
            if (dropsRepeats && IsRepeat(message.Properties.MessageId))
            {
                return;
            }

            var dueAt = message.MessageAnnotations?[new Symbol("x-opt-scheduled-enqueue-time")] as DateTime?;
            // What is put away keeps its time.
            var sentAt = message.MessageAnnotations?[EnqueuedTime] as DateTime? ?? clock.GetUtcNow().UtcDateTime;
            _waiting.Add(new Waiting(++_last, Bytes(message), sentAt, dueAt) { Deliveries = deliveries });
        }
    }

    public IReadOnlyList<byte[]> Peek(long from, int count)
    {
        lock (_gate)
        {
            return [.. _waiting.Where(waiting => waiting.Number >= from).Take(count).Select(waiting => Bytes(ToMessage(waiting)))];
        }
    }

    /// <summary>Locks the next message that is due; null when there is none.</summary>
    public (long Number, Message Message)? Receive()
    {
        lock (_gate)
        {
            if (_waiting.Find(waiting => !waiting.IsLocked && !IsScheduled(waiting)) is not { } next)
            {
                return null;
            }

            next.IsLocked = true;
            var message = ToMessage(next);
            next.Deliveries++;
            return (next.Number, message);
        }
    }

    /// <summary>False when there is no such message.</summary>
    public bool Remove(long number)
    {
        lock (_gate)
        {
            return _waiting.RemoveAll(waiting => waiting.Number == number) > 0;
        }
    }

    public bool Cancel(long number)
    {
        lock (_gate)
        {
            return _waiting.RemoveAll(waiting => waiting.Number == number && IsScheduled(waiting)) > 0;
        }
    }

    public void Unlock(long number)
    {
        lock (_gate)
        {
            if (_waiting.Find(waiting => waiting.Number == number) is { } waiting)
            {
                waiting.IsLocked = false;
            }
        }
    }

    // Of an id of the last two hours, as infra/service-bus.bicep says.
    private bool IsRepeat(string? id)
    {
        if (id is null)
        {
            return false;
        }

        var now = clock.GetUtcNow();
        var isRepeat = _addedAt.TryGetValue(id, out var time) && now - time < TimeSpan.FromHours(2);
        _addedAt[id] = isRepeat ? time : now;
        return isRepeat;
    }

    private bool IsScheduled(Waiting waiting) => waiting.DueAt is { } time && time > clock.GetUtcNow().UtcDateTime;

    private Message ToMessage(Waiting waiting)
    {
        var message = Message.Decode(new ByteBuffer(waiting.Message, 0, waiting.Message.Length, waiting.Message.Length));
        message.Header = new Header { DeliveryCount = waiting.Deliveries };
        message.MessageAnnotations ??= new MessageAnnotations();
        message.MessageAnnotations[new Symbol("x-opt-sequence-number")] = waiting.Number;
        message.MessageAnnotations[EnqueuedTime] = waiting.SentAt;
        message.MessageAnnotations[new Symbol("x-opt-message-state")] = IsScheduled(waiting) ? 2 : 0;
        message.MessageAnnotations[new Symbol("x-opt-locked-until")] = clock.GetUtcNow().AddMinutes(5).UtcDateTime;
        return message;
    }

    private static byte[] Bytes(Message message)
    {
        var buffer = message.Encode();
        return buffer.Buffer.AsSpan(buffer.Offset, buffer.Length).ToArray();
    }

    private sealed record Waiting(long Number, byte[] Message, DateTime SentAt, DateTime? DueAt)
    {
        public bool IsLocked { get; set; }

        public uint Deliveries { get; set; }
    }
}
