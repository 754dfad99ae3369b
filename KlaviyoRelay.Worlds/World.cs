using KlaviyoRelay.Worlds.Apps;
using KlaviyoRelay.Worlds.Brokers;
using KlaviyoRelay.Worlds.Draws;
using KlaviyoRelay.Worlds.Helpdesks;
using KlaviyoRelay.Worlds.Plans;
using KlaviyoRelay.Worlds.Rules;
using KlaviyoRelay.Worlds.Sources;
using KlaviyoRelay.Worlds.Stores;
using KlaviyoRelay.Worlds.Time;
using KlaviyoRelay.Worlds.Vendors;

namespace KlaviyoRelay.Worlds;

/// <summary>One world: the real relay, and around it everything that it meets, on one thread and one timeline.</summary>
internal sealed class World
{
    private readonly List<Violation> _violations = [];

    public World(WorldPlan plan, Action<string>? tell = null)
    {
        Plan = plan;
        Timeline = new Timeline(Start);
        Dice = Dice.Of(plan.Seed, 5);
        Story = new Story(() => TimeSpan.FromTicks(Timeline.Now), tell);
        Weather = new Weather(Dice.Of(plan.Seed, 6), () => TimeSpan.FromTicks(Timeline.Now));
        Ledger = new Ledger(plan, Start);
        Shop = new Shop(this);
        Broker = new Broker(Timeline, plan.Town.IsLocal);
        Klaviyo = new Klaviyo(this);
        Gladly = new GladlyDesk(this);
        Kustomer = new KustomerDesk(this);
        Rates = new RateWatch(this);
        Hands = new Hands(this);
        Flags = new Flags(this);
        Letters = new Letters(this);
        Turns = new Turns(this);
        Holds = new Holds(this);
        Operator = new Operator(this);
        Senders = new Senders(this);
        RowBook = new RowBook(this);
        RowSender = new RowSender(this);
        Apps = new Fleet(this);
    }

    public WorldPlan Plan { get; }

    /// <summary>A Monday at midnight.</summary>
    public DateTimeOffset Start { get; } = new(2026, 1, 12, 0, 0, 0, TimeSpan.Zero);

    public Timeline Timeline { get; }

    public Dice Dice { get; }

    public Story Story { get; }

    public Weather Weather { get; }

    public Ledger Ledger { get; }

    public Shop Shop { get; }

    public Broker Broker { get; }

    public Klaviyo Klaviyo { get; }

    public GladlyDesk Gladly { get; }

    public KustomerDesk Kustomer { get; }

    public Facts Facts { get; } = new();

    public Rows Rows { get; } = new();

    public Blobs Blobs { get; } = new();

    public Dictionary<string, DateTimeOffset> Marks { get; } = new(StringComparer.Ordinal);

    /// <summary>From when on recovery brings everything that Gladly's record has; null before its first run.</summary>
    public TimeSpan? RecoveredFrom { get; set; }

    /// <summary>What the vault holds.</summary>
    public Dictionary<string, string> Secrets { get; } = new(Settings.Secrets, StringComparer.Ordinal);

    public RateWatch Rates { get; }

    public Hands Hands { get; }

    public Flags Flags { get; }

    public Letters Letters { get; }

    public Turns Turns { get; }

    public Holds Holds { get; }

    public Operator Operator { get; }

    public Senders Senders { get; }

    public RowBook RowBook { get; }

    public RowSender RowSender { get; }

    public Fleet Apps { get; }

    /// <summary>How often Klaviyo got an event that it had.</summary>
    public int Repeats { get; set; }

    /// <summary>How often Klaviyo's own limit was met.</summary>
    public int OwnThrottles { get; set; }

    public IReadOnlyList<Violation> Violations => _violations;

    public TimeSpan Now => TimeSpan.FromTicks(Timeline.Now);

    public void Violate(string rule, string detail)
    {
        _violations.Add(new Violation(rule, detail));
        Story.Tell($"BROKEN: {rule}: {detail}");
    }

    public void Kill(Instance instance) => Apps.Kill(instance);
}
