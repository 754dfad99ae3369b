using System.Globalization;
using System.Text.Json.Nodes;

namespace KlaviyoRelay.Faults.Processes;

/// <summary>
/// A customer with a history of conversations, drawn from a seed, and the webhooks of it as the vendor delivers them:
/// late, repeated by its schedule, and so in any order.
/// </summary>
internal sealed class OrderedCustomer
{
    private const int Steps = 6;

    // Until a failed webhook is sent again: developer.gladly.com/rest; developer.kustomer.com/docs/events.
    private static readonly int[] GladlyRetries = [30, 300, 1_800, 3_600];
    private static readonly int[] KustomerRetries = [60, 60, 120, 300, 600, 900, 1_800];

    private readonly Random _random;
    private readonly Dictionary<int, bool> _open = [];

    public OrderedCustomer(int number, int seed)
    {
        _random = new Random(seed);
        Number = number;
        Helpdesk = (number % 3) switch { 0 => "gladly", 1 => "kustomer", _ => "desk" };
        var at = TimeSpan.Zero;
        for (var step = 0; step < Steps; step++)
        {
            at += TimeSpan.FromSeconds(1 + _random.Next(1_200));
            Add(at, step);
        }
    }

    public int Number { get; }

    /// <summary>The connection's name: <c>gladly</c>, <c>kustomer</c> or <c>desk</c>.</summary>
    public string Helpdesk { get; }

    public string Id => $"order-{Number}";

    public string Email => $"order{Number}@klaviyo-demo.com";

    public bool IsInConversation => _open.ContainsValue(true);

    /// <summary>What changes in the helpdesk, and when.</summary>
    public List<(TimeSpan At, OrderedEvent Event)> Changes { get; } = [];

    /// <summary>What is delivered, and when.</summary>
    public List<(TimeSpan At, OrderedEvent Event)> Deliveries { get; } = [];

    public JsonObject Customer => new()
    {
        ["helpdesk"] = Helpdesk,
        ["id"] = Id,
        ["name"] = $"Customer {Number}",
        ["emails"] = new JsonArray(new JsonObject { ["email"] = Email }),
    };

    private void Add(TimeSpan at, int step)
    {
        var conversation = Helpdesk == "gladly" ? OfGladly() : _random.Next(3);
        var kind = !_open.TryGetValue(conversation, out var isOpen) ? "opened" : isOpen ? "closed" : "reopened";
        _open[conversation] = kind != "closed";
        var happened = new OrderedEvent(this, $"event-{Number}-{step}", $"{Id}-{conversation.ToString(CultureInfo.InvariantCulture)}", kind, at);
        Changes.Add((at, happened));
        Deliveries.AddRange(Arrivals(at).Select(arrival => (arrival, happened)));
    }

    /// <summary>A Gladly customer has at most one open conversation, and it is the newest that opens again.</summary>
    private int OfGladly()
    {
        var newest = _open.Keys.DefaultIfEmpty(-1).Max();
        return newest < 0 || (!_open[newest] && _random.Next(2) == 0) ? newest + 1 : newest;
    }

    /// <summary>The first try arrives at once or is lost; a try whose answer was lost is followed by the next one.</summary>
    private IEnumerable<TimeSpan> Arrivals(TimeSpan at)
    {
        var isLost = _random.Next(4) == 0;
        if (!isLost)
        {
            yield return at + TimeSpan.FromSeconds(_random.Next(15));
        }

        foreach (var retry in Helpdesk == "gladly" ? GladlyRetries : KustomerRetries)
        {
            at += TimeSpan.FromSeconds(retry);
            var isRepeated = isLost || _random.Next(3) == 0;
            isLost = isLost && _random.Next(3) == 0;
            if (isRepeated && !isLost)
            {
                yield return at;
            }

            if (!isRepeated)
            {
                yield break;
            }
        }

        if (isLost)
        {
            // The last try arrives: a webhook that never came says nothing of its order.
            yield return at;
        }
    }
}
