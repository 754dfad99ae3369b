namespace KlaviyoRelay.Core.Helpdesks.Generic;

/// <summary>
/// Which values of a generic helpdesk's kind mean what: <c>Relay__Connections__{name}__Generic__Kinds__...</c>,
/// each a list separated by commas and compared without regard to case. Webhooks of any other value are ignored.
/// </summary>
public sealed class GenericKindOptions
{
    /// <summary>A conversation was created.</summary>
    public string? Opened { get; set; }

    /// <summary>A conversation was closed.</summary>
    public string? Closed { get; set; }

    /// <summary>A closed conversation was opened again.</summary>
    public string? Reopened { get; set; }

    /// <summary>A customer rated a conversation.</summary>
    public string? Rated { get; set; }
}
