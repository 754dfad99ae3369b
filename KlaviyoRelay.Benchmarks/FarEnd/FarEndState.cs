using System.Text;

namespace KlaviyoRelay.Benchmarks.FarEnd;

/// <summary>Counts requests, connections and events; an event is told from another by its <c>unique_id</c>.</summary>
internal sealed class FarEndState
{
    private static readonly byte[] UniqueId = "\"unique_id\":\""u8.ToArray();

    private readonly Lock _lock = new();
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private int _requests;
    private int _lookUps;
    private int _connections;
    private int _open;
    private int _events;
    private long _bytes;

    public FarEndCounts Counts
    {
        get
        {
            lock (_lock)
            {
                return new FarEndCounts(_requests, _lookUps, _connections, _events, _ids.Count, _bytes);
            }
        }
    }

    public void Reset()
    {
        lock (_lock)
        {
            _ids.Clear();
            (_requests, _lookUps, _events, _bytes) = (0, 0, 0, 0);
            _connections = _open;
        }
    }

    public void Connected()
    {
        lock (_lock)
        {
            _connections++;
            _open++;
        }
    }

    public void Disconnected()
    {
        lock (_lock)
        {
            _open--;
        }
    }

    public void LookedUp() => Interlocked.Increment(ref _lookUps);

    public void Received(ReadOnlySpan<byte> body)
    {
        lock (_lock)
        {
            _requests++;
            _bytes += body.Length;
            while (body.IndexOf(UniqueId) is >= 0 and var start)
            {
                body = body[(start + UniqueId.Length)..];
                var end = body.IndexOf((byte)'"');
                _events++;
                _ids.Add(Encoding.ASCII.GetString(body[..end]));
                body = body[end..];
            }
        }
    }
}
