namespace KlaviyoRelay.Core.Helpdesks.Gladly;

/// <summary>Gladly's REST API: <c>Relay__Connections__{name}__Gladly__...</c>.</summary>
public sealed class GladlyOptions
{
    /// <summary><c>https://{organization}.gladly.com</c>; plain http on loopback only.</summary>
    public string BaseAddress { get; set; } = "";

    /// <summary>The email address of the agent that the API token belongs to.</summary>
    public string ApiUser { get; set; } = "";

    /// <summary>Name of the secret that holds the API token.</summary>
    public string ApiTokenSecret { get; set; } = "";

    /// <summary>
    /// Look-ups per second. Gladly allows 10 per method and organization, shared by all API clients
    /// (developer.gladly.com/rest).
    /// </summary>
    public int RequestsPerSecond { get; set; } = 10;
}
