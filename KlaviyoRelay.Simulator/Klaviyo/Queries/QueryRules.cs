namespace KlaviyoRelay.Simulator.Klaviyo.Queries;

/// <summary>What a GET endpoint takes in its query.</summary>
/// <param name="Resource">The type of what it returns, such as <c>profile</c>.</param>
/// <param name="Fields">What <c>fields[resource]</c> may name, besides id.</param>
internal sealed record QueryRules(string Resource, string[] Fields)
{
    /// <summary>The largest page; 0 where the endpoint has no <c>page[size]</c>.</summary>
    public int LargestPage { get; init; }

    public int DefaultPage { get; init; }

    public FilterRule[] Filters { get; init; } = [];

    /// <summary>Whether the endpoint reads <c>filter</c> itself.</summary>
    public bool HasOwnFilter { get; init; }

    public string[] Sorts { get; init; } = [];

    /// <summary>What <c>additional-fields[resource]</c> may name.</summary>
    public string[] AdditionalFields { get; init; } = [];

    /// <summary>What the endpoint reads itself.</summary>
    public string[] Others { get; init; } = [];

    /// <summary>What Klaviyo takes too, but the simulator does not.</summary>
    public string[] NotSimulated { get; init; } = [];
}
