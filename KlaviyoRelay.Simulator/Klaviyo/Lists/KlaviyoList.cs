namespace KlaviyoRelay.Simulator.Klaviyo.Lists;

/// <summary>A list with its members. Callers lock.</summary>
internal sealed class KlaviyoList(string id, string name, string optIn, DateTimeOffset created)
{
    public const string SingleOptIn = "single_opt_in";
    public const string DoubleOptIn = "double_opt_in";

    public string Id => id;

    public string Name => name;

    public string OptIn => optIn;

    public DateTimeOffset Created { get; } = created;

    public DateTimeOffset Updated { get; private set; } = created;

    public ListMembers Members { get; } = new();

    public void Add(string profileId, DateTimeOffset now)
    {
        if (Members.Add(profileId, now))
        {
            Updated = now;
        }
    }

    public void Remove(string profileId, DateTimeOffset now)
    {
        if (Members.Remove(profileId))
        {
            Updated = now;
        }
    }
}
