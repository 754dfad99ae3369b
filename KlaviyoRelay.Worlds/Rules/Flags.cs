using KlaviyoRelay.Worlds.Plans;

namespace KlaviyoRelay.Worlds.Rules;

/// <summary>
/// The profile property: right within a minute of the newest delivery where everything can be reached, and right for
/// everybody in the end.
/// </summary>
internal sealed class Flags(World world)
{
    private static readonly TimeSpan InTime = TimeSpan.FromSeconds(60);

    // From before the delivery on.
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(105);

    private readonly HashSet<Happening> _watched = [];

    // A helpdesk's answer that lags is asked for again by the clock (ARCHITECTURE.md, "What is true now").
    private readonly HashSet<(string Customer, string Account)> _ofWrongClocks = [];

    /// <summary>How many were looked at after a minute.</summary>
    public int Checked { get; private set; }

    // Where limits are small, events wait for them.
    private bool HasRoom => world.Plan.Town is { RateShare: >= 0.8, GladlyPerSecond: 10, KustomerPerMinute: 300 };

    /// <summary>Klaviyo got an event, for the first time or again.</summary>
    public void Sent(Happening happening)
    {
        if (world.Weather.IsClockWrong && happening.Connection != Names.Desk)
        {
            _ofWrongClocks.Add((happening.Talk.Customer.Id, happening.Account));
        }
        else
        {
            _ofWrongClocks.Remove((happening.Talk.Customer.Id, happening.Account));
        }
    }

    public void Delivered(Happening happening)
    {
        if (HasRoom && _watched.Add(happening))
        {
            world.Timeline.After(InTime, () => CheckInTime(happening));
        }
    }

    /// <summary>Every customer of whom Klaviyo has everything.</summary>
    public void CheckAll()
    {
        foreach (var customer in world.Ledger.Customers)
        {
            if (IsComplete(customer))
            {
                Check(customer, "in the end");
            }
        }
    }

    private void CheckInTime(Happening happening)
    {
        var customer = happening.Talk.Customer.Id;
        var newest = world.Ledger.Of(customer).Last(one => one.MovesFlag && one.Step.At <= world.Now);
        if (newest == happening && world.Weather.IsCalmFor(Calm) && IsComplete(customer))
        {
            Checked++;
            Check(customer, $"a minute after {happening}");
        }
    }

    private bool IsComplete(string customer)
    {
        var all = world.Ledger.Of(customer);
        return !world.Shop.IsDeleted(all[0].Talk.Customer)
            && !Names.Accounts.Any(account => _ofWrongClocks.Contains((customer, account)))
            && !IsInDoubt(all)
            && all.All(happening => happening.Step.At > world.Now || Emails(happening.Talk.Customer).All(email => world.Klaviyo.Recorded.PlaceOf(happening.KeyOf(email)) is not null));
    }

    /// <summary>
    /// One conversation opens seconds before another closes, while the helpdesk's answers lag: of several processes, the one
    /// that relays the second may not know of the first.
    /// </summary>
    private bool IsInDoubt(IReadOnlyList<Happening> all)
    {
        var past = all.Where(happening => happening.MovesFlag && happening.Step.At <= world.Now).TakeLast(2).ToList();
        return world.Plan.Town.Instances > 1 && past is [var one, var other] && one.Talk != other.Talk && one.Talk.Lag > TimeSpan.Zero && other.Step.At - one.Step.At < one.Talk.Lag + TimeSpan.FromSeconds(5);
    }

    private static IEnumerable<string> Emails(Customer customer) => customer.Emails.Where(email => !email.StartsWith("refused", StringComparison.OrdinalIgnoreCase));

    private void Check(string id, string when)
    {
        var customer = world.Ledger.Of(id)[0].Talk.Customer;
        var open = world.Shop.OpenTalksOf(id).ToList();
        var property = Names.PropertyOf(customer.Connection);
        foreach (var account in Names.Accounts)
        {
            var isHere = open.Any(talk => Names.AccountOf(customer.Connection, talk.Brand) == account);
            foreach (var email in Emails(customer))
            {
                // Where only the other account has an open conversation, either value will do.
                if (world.Klaviyo.Recorded.Property(account, email, property) is var value && (isHere ? value is not true : open.Count == 0 && value is true))
                {
                    world.Violate(RuleNames.Flag, $"{when}, '{property}' of {email} is {value?.ToString() ?? "not set"} in {account}, and {open.Count} conversation(s) of {id} are open.");
                }
            }
        }
    }
}
