namespace KlaviyoRelay.Simulator.Control.Inputs;

/// <summary>Something that Klaviyo itself notes of a profile, such as a message that it received.</summary>
internal sealed record EventInput
{
    public string? Key { get; init; }

    public string? Email { get; init; }

    public string? Metric { get; init; }

    /// <summary>When; now unless it says otherwise.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The id of the message: <c>$message</c>.</summary>
    public string? Message { get; init; }

    /// <summary>The id of the flow that sent it: <c>$flow</c>.</summary>
    public string? Flow { get; init; }

    public string? Campaign { get; init; }

    public string? Subject { get; init; }
}
