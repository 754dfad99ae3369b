namespace KlaviyoRelay.Simulator.Klaviyo.Flows;

/// <summary>A metric: Klaviyo makes it with the first event of its name.</summary>
/// <param name="Integration">Where its events come from.</param>
internal sealed record Metric(string Id, string Name, DateTimeOffset Created, long Events, string Integration)
{
    /// <summary>Of events that were sent to Klaviyo's API.</summary>
    public const string Api = "API";

    /// <summary>Of Klaviyo's own events, such as Received Email.</summary>
    public const string Klaviyo = "Klaviyo";
}
