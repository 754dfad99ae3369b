namespace KlaviyoRelay.Core.Helpdesks;

/// <summary>Who may ask what Klaviyo knows of a customer: <c>Relay__Connections__{name}__Card__...</c>.</summary>
public sealed class CardOptions
{
    /// <summary>Name of the secret that the helpdesk's card shows as <c>Authorization: Bearer ...</c>; empty: there is no card.</summary>
    public string Secret { get; set; } = "";

    /// <summary>Name of a second secret that is accepted too, while one replaces the other; empty for none.</summary>
    public string SecondSecret { get; set; } = "";

    /// <summary>How many questions of the connection an instance answers in a minute; more are answered with 429.</summary>
    public int RequestsPerMinute { get; set; } = 300;

    /// <summary>Whether the connection has a card.</summary>
    internal bool IsOn => Secret.Length > 0;
}
