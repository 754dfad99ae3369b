using KlaviyoRelay.Worlds.Plans;
using KlaviyoRelay.Worlds.Rules;

namespace KlaviyoRelay.Worlds.Helpdesks;

/// <summary>What is true at the helpdesks at this moment.</summary>
internal sealed class Shop
{
    private static readonly TimeSpan RecordDelay = TimeSpan.FromSeconds(10);

    private readonly World _world;
    private readonly Dictionary<string, Talk> _talks;
    private readonly Dictionary<string, List<Talk>> _talksOf;
    private readonly List<Happening> _gladly;

    public Shop(World world)
    {
        _world = world;
        _talks = world.Plan.Talks.ToDictionary(talk => talk.Id, StringComparer.Ordinal);
        _talksOf = world.Plan.Talks.GroupBy(talk => talk.Customer.Id).ToDictionary(own => own.Key, own => own.ToList(), StringComparer.Ordinal);
        _gladly = [.. world.Ledger.All.Where(happening => happening.Connection == Names.Gladly).OrderBy(happening => happening.At)];
    }

    private TimeSpan Now => TimeSpan.FromTicks(_world.Timeline.Now);

    public Talk? FindTalk(string id) => _talks.GetValueOrDefault(id) is { } talk && talk.Steps[0].At + talk.Lag <= Now && !IsDeleted(talk.Customer) ? talk : null;

    public Customer? FindCustomer(string id) => _talksOf.GetValueOrDefault(id)?[0].Customer;

    /// <summary>The conversations that the helpdesk's API shows, the oldest first.</summary>
    public IEnumerable<Talk> TalksOf(Customer customer) => _talksOf[customer.Id].Where(talk => talk.Steps[0].At + talk.Lag <= Now).OrderBy(talk => talk.Steps[0].At);

    public bool IsDeleted(Customer customer) => customer.DeletedAt <= Now;

    public bool IsMerged(Customer customer) => customer.MergedAt <= Now;

    /// <summary>What the helpdesk's API says, which may be a little behind.</summary>
    public bool SaysOpen(Talk talk) => IsOpenAt(talk, Now - talk.Lag);

    /// <summary>Whether it is open in truth.</summary>
    public bool IsOpen(Talk talk) => IsOpenAt(talk, Now);

    /// <summary>The conversations of a customer that are open in truth.</summary>
    public IEnumerable<Talk> OpenTalksOf(string customer) => _talksOf[customer].Where(IsOpen);

    public IEnumerable<Happening> RecordedBetween(DateTimeOffset from, DateTimeOffset to) =>
        _gladly.Where(happening => happening.At >= from && happening.At < to && happening.Step.At + RecordDelay <= Now);

    private static bool IsOpenAt(Talk talk, TimeSpan time)
    {
        var isOpen = false;
        foreach (var step in talk.Steps)
        {
            if (step.At <= time && step.Kind != StepKind.Rated)
            {
                isOpen = step.Kind != StepKind.Closed;
            }
        }

        return isOpen;
    }
}
