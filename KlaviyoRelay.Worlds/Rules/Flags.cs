using KlaviyoRelay.Worlds.Brokers;
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

    // The event of a move needs the other account's session, which a process that was killed may still hold.
    private static readonly TimeSpan CalmForMoves = BrokerQueue.LockTime + InTime;

    private readonly HashSet<Happening> _watched = [];

    // Nobody can know what is true of these until their next event.
    private readonly HashSet<(string Customer, string Email, string Account)> _unknowable = [];

    // The relay can't know the order of these customers' events.
    private readonly HashSet<string> _disordered = new(StringComparer.Ordinal);

    // Where the event of a conversation that moved to the other account, or a second look, waits in a letter.
    private readonly HashSet<(string Email, string Account)> _waiting = [];

    /// <summary>How many were looked at after a minute.</summary>
    public int Checked { get; private set; }

    /// <summary>Klaviyo got an event of one email, for the first time or again.</summary>
    /// <param name="happening">Which.</param>
    /// <param name="email">Whose.</param>
    public void Sent(Happening happening, string email)
    {
        Wrote(happening.Account, email);
        // A close comes before its opening, and both clocks that saw it are wrong. The relay can't tell which was first.
        if (happening is { Connection: Names.Desk, HasWrongTime: true } && world.Weather.IsClockWrong && world.Ledger.Of(happening.Talk.Customer.Id).Any(other => other.Talk == happening.Talk && other.Step.At < happening.Step.At && !IsRecorded(other)))
        {
            _disordered.Add(happening.Talk.Customer.Id);
        }

        var profile = (happening.Talk.Customer.Id, email.ToLowerInvariant(), happening.Account);
        // A helpdesk's answer that lags is asked for again by the clock (ARCHITECTURE.md, "What is true now").
        if (world.Weather.IsClockWrong && happening.Connection != Names.Desk)
        {
            _unknowable.Add(profile);
        }
        else
        {
            _unknowable.Remove(profile);
        }
    }

    /// <summary>What makes the property right waits in a letter: the event that a conversation has left an account, or a second look.</summary>
    public void Waits(string account, IEnumerable<string> emails) => _waiting.UnionWith(emails.Select(email => (email.ToLowerInvariant(), account)));

    /// <summary>Klaviyo has the property anew, by such an event or by one that happened.</summary>
    public void Wrote(string account, string email) => _waiting.Remove((email.ToLowerInvariant(), account));

    public void Delivered(Happening happening)
    {
        // Where limits are small, events wait for them.
        if (world.Plan.Town.HasRoom && _watched.Add(happening))
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
        if (newest == happening && world.Weather.IsCalmFor(happening.Connection == Names.Brands ? CalmForMoves : Calm) && IsComplete(customer))
        {
            Checked++;
            Check(customer, $"a minute after {happening}");
        }
    }

    private bool IsComplete(string customer)
    {
        var all = world.Ledger.Of(customer);
        return !world.Shop.IsDeleted(all[0].Talk.Customer)
            && !_disordered.Contains(customer)
            && !_unknowable.Any(profile => profile.Customer == customer)
            && !IsInDoubt(all)
            && all.All(happening => happening.Step.At > world.Now || IsRecorded(happening));
    }

    /// <summary>
    /// One conversation opens seconds before the webhook of another comes, while the helpdesk's answers lag: of several
    /// processes, the one that relays the second may not know of the first.
    /// </summary>
    private bool IsInDoubt(IReadOnlyList<Happening> all)
    {
        var past = all.Where(happening => happening.MovesFlag && happening.Step.At <= world.Now).TakeLast(2).ToList();
        return world.Plan.Town.Instances > 1 && past is [var one, var other] && one.Talk != other.Talk && (MayHide(one, other) || MayHide(other, one));
    }

    private static bool MayHide(Happening hidden, Happening relayed)
    {
        var after = (relayed.AcceptedAt > relayed.Step.At ? relayed.AcceptedAt.Value : relayed.Step.At) - hidden.Step.At;
        return hidden.Talk.Lag > TimeSpan.Zero && after >= TimeSpan.Zero && after < hidden.Talk.Lag + TimeSpan.FromSeconds(5);
    }

    private bool IsRecorded(Happening happening) => happening.Keys.All(key => IsRefused(key.Email) || world.Klaviyo.Recorded.PlaceOf(key) is not null);

    private static IEnumerable<string> Emails(Customer customer) => customer.Emails.Where(email => !IsRefused(email));

    private static bool IsRefused(string email) => email.StartsWith("refused", StringComparison.OrdinalIgnoreCase);

    private void Check(string id, string when)
    {
        var customer = world.Ledger.Of(id)[0].Talk.Customer;
        var open = world.Shop.OpenTalksOf(id).ToList();
        var property = Names.PropertyOf(customer.Connection);
        foreach (var account in Names.Accounts)
        {
            var isHere = open.Any(talk => talk.AccountAt(world.Now) == account);
            foreach (var email in Emails(customer).Where(email => !_waiting.Contains((email.ToLowerInvariant(), account))))
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
