using KlaviyoRelay.Worlds.Rules;

namespace KlaviyoRelay.Worlds.Vendors;

/// <summary>What Klaviyo has: events by their unique_id, and profiles with their properties.</summary>
internal sealed class Recorded(World world)
{
    private readonly HashSet<(string Account, string UniqueId)> _ids = [];
    private readonly Dictionary<EventKey, int> _events = [];
    private readonly Dictionary<(string Account, string Email), Dictionary<string, bool>> _profiles = [];

    public int Count => _events.Count;

    /// <summary>Which was recorded how manieth; null for one that was not.</summary>
    public int? PlaceOf(EventKey key) => _events.TryGetValue(key, out var place) ? place : null;

    public bool IsKnown(string account, string email) => _profiles.ContainsKey((account, email.ToLowerInvariant()));

    public void Know(string account, string email) => _profiles.TryAdd((account, email.ToLowerInvariant()), []);

    /// <summary>A profile's property; null when it was never set.</summary>
    public bool? Property(string account, string email, string name) =>
        _profiles.TryGetValue((account, email.ToLowerInvariant()), out var profile) && profile.TryGetValue(name, out var value) ? value : null;

    /// <param name="account">The account.</param>
    /// <param name="entry">What it got of one email.</param>
    public void Take(string account, EventEntry entry)
    {
        Know(account, entry.Email);
        var profile = _profiles[(account, entry.Email.ToLowerInvariant())];
        foreach (var (name, value) in entry.Properties)
        {
            profile[name] = value;
        }

        world.Story.Tell($"Klaviyo has {entry.Events.Count} event(s) for {entry.Email}, the first {entry.Events[0].Metric}, {string.Join(", ", entry.Properties)}");
        foreach (var sent in entry.Events)
        {
            Take(account, entry.Email, sent);
        }
    }

    private void Take(string account, string email, SentEvent sent)
    {
        var key = new EventKey(account, email.ToLowerInvariant(), sent.Metric, sent.Time.ToUnixTimeSeconds());
        if (world.Ledger.Find(key) is { } known)
        {
            world.Turns.Got(known, email);
            if (known.MovesFlag)
            {
                world.Flags.Sent(known, email);
            }
        }

        var isMove = sent.Metric.EndsWith("Moved", StringComparison.Ordinal);
        if (isMove)
        {
            world.Flags.Wrote(account, email);
        }

        if (!_ids.Add((account, sent.UniqueId)))
        {
            world.Repeats++;
            return;
        }

        if (isMove)
        {
            return;
        }

        if (world.Ledger.Find(key) is not { } happening)
        {
            world.Violate(RuleNames.MadeUp, $"{account} got '{sent.Metric}' of {sent.Time:O} for {email}.");
        }
        else if (!_events.TryAdd(key, _events.Count))
        {
            world.Violate(RuleNames.Twice, $"{happening} is recorded twice in {account} for {email}.");
        }
        else if (happening.MovesFlag)
        {
            world.Flags.Delivered(happening);
        }
    }
}
