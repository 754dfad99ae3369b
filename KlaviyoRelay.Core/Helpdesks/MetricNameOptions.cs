namespace KlaviyoRelay.Core.Helpdesks;

/// <summary>
/// Klaviyo metric names per kind of event: <c>Relay__Connections__{name}__Metrics__...</c>. Unset means the
/// helpdesk's default. Fewer than 128 characters each (developers.klaviyo.com, Create Event).
/// </summary>
public sealed class MetricNameOptions
{
    /// <summary>A conversation was created.</summary>
    public string? Opened { get; set; }

    /// <summary>A conversation was closed.</summary>
    public string? Closed { get; set; }

    /// <summary>A closed conversation was opened again.</summary>
    public string? Reopened { get; set; }

    /// <summary>A customer rated a conversation.</summary>
    public string? Rated { get; set; }

    /// <summary>A conversation went to a brand of another Klaviyo account; told to the account that it left.</summary>
    public string? Moved { get; set; }
}
