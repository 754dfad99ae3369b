namespace KlaviyoRelay.Core.Insights;

/// <summary>What Klaviyo knows of a customer, inside the helpdesk: <c>Relay__Insights__...</c>.</summary>
public sealed class InsightOptions
{
    /// <summary>
    /// The greatest number of instances that answer at once. Each takes its part of the cards' share of Klaviyo's limits, because none knows
    /// what the others ask.
    /// </summary>
    public int Instances { get; set; } = 1;

    /// <summary>Where Klaviyo's pages are.</summary>
    public InsightLinkOptions Links { get; init; } = new();
}

/// <summary>Klaviyo's pages: <c>Relay__Insights__Links__...</c>. Each holds <c>{id}</c>; empty: there is no link.</summary>
public sealed class InsightLinkOptions
{
    // The addresses that Klaviyo's own tools give out (PyPI, klaviyo-mcp-server). A segment's page is a list's page.
    public string Profile { get; set; } = "https://www.klaviyo.com/profile/{id}";

    public string List { get; set; } = "https://www.klaviyo.com/lists/{id}";

    public string Segment { get; set; } = "https://www.klaviyo.com/lists/{id}";

    public string Campaign { get; set; } = "https://www.klaviyo.com/campaign/{id}/wizard";

    public string Flow { get; set; } = "https://www.klaviyo.com/flow/{id}/edit";
}
