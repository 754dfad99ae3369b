namespace KlaviyoRelay.Worlds.Plans;

/// <summary>Everything that is drawn before a world begins. A part of it is a smaller world.</summary>
internal sealed record WorldPlan(ulong Seed, TimeSpan Length, Town Town, IReadOnlyList<Talk> Talks, IReadOnlyList<Upload> Uploads, IReadOnlyList<Trouble> Troubles, IReadOnlyList<Act> Acts);

/// <summary>How the relay is set up.</summary>
/// <param name="Instances">How many processes.</param>
/// <param name="RateShare">The part of Klaviyo's limits that it may use.</param>
/// <param name="BulkThreshold">See the setting.</param>
/// <param name="GladlyPerSecond">See the setting.</param>
/// <param name="KustomerPerMinute">See the setting.</param>
/// <param name="WriteVersions">Which version of messages each instance writes.</param>
/// <param name="CreatesProfiles">Whether the events of the generic helpdesk may create profiles.</param>
/// <param name="KlaviyoRoom">The part of Klaviyo's limits that others leave.</param>
/// <param name="IsLocal">Whether its queues are those of the local host, which is one process.</param>
internal sealed record Town(int Instances, double RateShare, int BulkThreshold, int GladlyPerSecond, int KustomerPerMinute, IReadOnlyList<int> WriteVersions, bool CreatesProfiles, double KlaviyoRoom, bool IsLocal)
{
    /// <summary>Whether nothing has to wait for a limit for long.</summary>
    public bool HasRoom => this is { RateShare: >= 0.8, GladlyPerSecond: 10, KustomerPerMinute: 300, KlaviyoRoom: 1 };
}

/// <summary>A person who writes to a shop.</summary>
/// <param name="Emails">As the helpdesk has them.</param>
/// <param name="MergedAt">When the helpdesk merges the customer into another; null for never.</param>
/// <param name="DeletedAt">When the helpdesk deletes the customer; null for never.</param>
internal sealed record Customer(string Connection, int Number, IReadOnlyList<string> Emails, TimeSpan? MergedAt, TimeSpan? DeletedAt)
{
    public string Id => FormattableString.Invariant($"{Connection}-person-{Number}");
}

/// <summary>A conversation of a customer.</summary>
/// <param name="Steps">What happens to it, in order.</param>
/// <param name="Lag">How long the helpdesk's own answers are behind its webhooks.</param>
internal sealed record Talk(int Number, Customer Customer, IReadOnlyList<Step> Steps, TimeSpan Lag)
{
    /// <summary>In which account of Klaviyo it belongs at a time: it may move to another brand.</summary>
    public string AccountAt(TimeSpan time) => Names.AccountOf(Customer.Connection, (Steps.LastOrDefault(step => step.At <= time) ?? Steps[0]).Brand);

    public string Id => FormattableString.Invariant($"talk-{Number}");
}

internal enum StepKind
{
    Opened,
    Closed,
    Reopened,
    Rated,
}

/// <param name="Brand">The brand that the conversation has by then, where the helpdesk has several.</param>
internal sealed record Step(StepKind Kind, TimeSpan At, string? Brand);

internal enum ActKind
{
    Release,
    Redrive,
    Purge,

    /// <summary>Somebody puts a message into the queue that this relay can't read.</summary>
    Unreadable,

    /// <summary>A helpdesk sends a webhook once more that it has delivered.</summary>
    Repeat,

    /// <summary>A webhook that is no helpdesk's.</summary>
    Forge,
}

/// <summary>What a person does.</summary>
internal sealed record Act(ActKind Kind, TimeSpan At, int Detail);
