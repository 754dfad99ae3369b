namespace KlaviyoRelay.Simulator.Helpdesks;

/// <summary>A customer of a simulated helpdesk.</summary>
internal sealed record Customer(string Id)
{
    public string? Name { get; init; }

    public IReadOnlyList<CustomerEmail> Emails { get; init; } = [];

    /// <summary>What only Kustomer's customers have.</summary>
    public CustomerFields Fields { get; init; } = new();

    /// <summary>Grows by one with each change.</summary>
    public int Rev { get; init; } = 1;

    /// <summary>The customer before its last change.</summary>
    public Customer? Before { get; init; }

    /// <summary>The customer this one was merged into.</summary>
    public string? MovedTo { get; init; }

    /// <summary>How many conversations are open, when that shall not be counted from those stored.</summary>
    public int? OpenConversations { get; init; }
}
