using KlaviyoRelay.Core.Conversations;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Worlds.Plans;

namespace KlaviyoRelay.Worlds.Rules;

/// <summary>What happened at the helpdesks, and by which events Klaviyo has to show it.</summary>
internal sealed class Ledger
{
    private readonly List<Happening> _all = [];
    private readonly Dictionary<EventKey, Happening> _byKey = [];
    private readonly Dictionary<(string Talk, StepKind Kind, long Second), Happening> _byEvent = [];
    private readonly Dictionary<string, List<Happening>> _byCustomer = new(StringComparer.Ordinal);

    public Ledger(WorldPlan plan, DateTimeOffset start)
    {
        foreach (var talk in plan.Talks)
        {
            for (var number = 0; number < talk.Steps.Count; number++)
            {
                Add(new Happening(talk, number, start));
            }
        }

        foreach (var own in _byCustomer.Values)
        {
            own.Sort((one, other) => one.Step.At.CompareTo(other.Step.At));
        }
    }

    public IReadOnlyList<Happening> All => _all;

    public IEnumerable<string> Customers => _byCustomer.Keys;

    /// <summary>A customer's happenings, the oldest first.</summary>
    public IReadOnlyList<Happening> Of(string customer) => _byCustomer[customer];

    public Happening? Find(EventKey key) => _byKey.GetValueOrDefault(key);

    /// <summary>Whose event a message or letter holds; null for what the relay adds by itself, and for rows.</summary>
    public Happening? Find(RelayMessage message)
    {
        return message.Payload is not ConversationWork { Event: { LeavesAccount: false } happened } ? null : _byEvent.GetValueOrDefault((happened.ConversationId, (StepKind)happened.Kind, happened.OccurredAt.ToUnixTimeSeconds()));
    }

    private void Add(Happening happening)
    {
        _all.Add(happening);
        _byEvent[(happening.Talk.Id, happening.Step.Kind, happening.At.ToUnixTimeSeconds())] = happening;
        foreach (var key in happening.Keys)
        {
            _byKey[key] = happening;
        }

        var customer = happening.Talk.Customer.Id;
        if (!_byCustomer.TryGetValue(customer, out var own))
        {
            _byCustomer[customer] = own = [];
        }

        own.Add(happening);
    }
}
