using System.Diagnostics;

namespace KlaviyoRelay.Core.Telemetry;

/// <summary>
/// The W3C trace context (w3.org/TR/trace-context) that goes along with an event through the queues and the dead
/// letters, so that one trace shows the webhook, the relaying and Klaviyo.
/// </summary>
/// <param name="Parent">The <c>traceparent</c>.</param>
/// <param name="State">The <c>tracestate</c>; null for none.</param>
public sealed record TraceContext(string Parent, string? State = null)
{
    // A vendor may make it longer, and a queue message must stay small (w3.org/TR/trace-context, "Limits").
    private const int MaxStateLength = 512;

    /// <summary>
    /// That of the relay's own activity; null when there is none. Never what surrounds it: the caller may have
    /// chosen that.
    /// </summary>
    public static TraceContext? Current => Activity.Current is { Source.Name: RelayTelemetry.Name, Id: { } id } activity
        ? new TraceContext(id, activity.TraceStateString is { Length: <= MaxStateLength } state ? state : null)
        : null;

    /// <summary>The same to start an activity with; null when it is none.</summary>
    public ActivityContext? Read() => ActivityContext.TryParse(Parent, State, isRemote: true, out var context) ? context : null;
}
