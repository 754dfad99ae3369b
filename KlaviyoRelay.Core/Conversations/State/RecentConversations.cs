using KlaviyoRelay.Core.Clocks;
namespace KlaviyoRelay.Core.Conversations.State;

/// <summary>
/// What this process relayed lately, in memory: enough to tell a new conversation from a repeat, and from one that has
/// been closed since. Remembers at least the last 10,000 customers and at most twice as many.
/// </summary>
public sealed class RecentConversations(TimeProvider clock)
{
    private const int MaxCustomers = 10_000;

    private readonly Lock _lock = new();
    private Dictionary<(string Connection, string Customer), CustomerConversations> _newer = [];
    private Dictionary<(string Connection, string Customer), CustomerConversations> _older = [];

    /// <summary>Since when this process remembers.</summary>
    public DateTimeOffset Since { get; } = clock.WallTime();

    /// <summary>Reads or changes what is remembered of a customer; one caller at a time.</summary>
    public T Use<T>(string connection, string customer, Func<CustomerConversations, T> use)
    {
        lock (_lock)
        {
            return use(Of((connection, customer)));
        }
    }

    private CustomerConversations Of((string Connection, string Customer) key)
    {
        if (_newer.TryGetValue(key, out var conversations))
        {
            return conversations;
        }

        if (_newer.Count == MaxCustomers)
        {
            (_older, _newer) = (_newer, []);
        }

        return _newer[key] = _older.GetValueOrDefault(key) ?? new CustomerConversations([]);
    }
}
