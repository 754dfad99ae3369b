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
    public string Parent { get; } = Parent;

    public string? State { get; } = State;

    // A vendor may make it longer, and a queue message must stay small (w3.org/TR/trace-context, "Limits").
    private const int MaxStateLength = 512;

    private static readonly object NoContext = new();

    // Read once for all activities of the message.
    private object? _read;

    /// <summary>
    /// That of the relay's own activity; null when there is none. Never what surrounds it: the caller may have
    /// chosen that.
    /// </summary>
    public static TraceContext? Current => Activity.Current is { Source.Name: RelayTelemetry.Name, Id: { } id } activity
        ? new TraceContext(id, activity.TraceStateString is { Length: <= MaxStateLength } state ? state : null)
        : null;

    /// <summary>The same to start an activity with; null when it is none.</summary>
    public ActivityContext? Read() => (_read ??= ActivityContext.TryParse(Parent, State, isRemote: true, out var context) ? context : NoContext) as ActivityContext?;

    public bool Equals(TraceContext? other) => other is not null && other.Parent == Parent && other.State == State;

    public override int GetHashCode() => HashCode.Combine(Parent, State);
}
