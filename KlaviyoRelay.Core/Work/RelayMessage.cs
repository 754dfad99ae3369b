using KlaviyoRelay.Core.Telemetry;

namespace KlaviyoRelay.Core.Work;

/// <summary>What every message holds, whatever kind of work it is.</summary>
public sealed record RelayMessage
{
    /// <summary>In which <see cref="MessageVersion"/> it is written: never in one that does not know its kind.</summary>
    public required int Version { get => Math.Max(field, Payload.Kind.OldestVersion); init; }

    /// <summary>What is to do.</summary>
    public required WorkPayload Payload { get; init; }

    /// <summary>How often it has been tried before; 0 for fresh work.</summary>
    public int Attempts { get; init; }

    /// <summary>When it failed first; null for fresh work.</summary>
    public DateTimeOffset? FirstFailureAt { get; init; }

    /// <summary>When what asked for it was accepted; null when no webhook brought it, or an older relay queued it.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>The trace that it belongs to; null when nothing was traced, or an older relay queued it.</summary>
    public TraceContext? Trace { get; init; }

    /// <summary>See <see cref="WorkPayload.Id"/>.</summary>
    public string Id => Payload.Id;

    /// <summary>See <see cref="WorkPayload.Account"/>.</summary>
    public string Account => Payload.Account;

    /// <summary>See <see cref="WorkPayload.Connection"/>.</summary>
    public string Connection => Payload.Connection;

    /// <summary>Work on its first way, in the trace of its sender.</summary>
    /// <param name="payload">What is to do.</param>
    /// <param name="acceptedAt">When its webhook was accepted; null when no webhook brought it.</param>
    /// <param name="version">A <see cref="MessageVersion"/>.</param>
    public static RelayMessage Fresh(WorkPayload payload, DateTimeOffset? acceptedAt = null, int version = MessageVersion.First) =>
        new() { Version = version, Payload = payload, AcceptedAt = acceptedAt, Trace = TraceContext.Current };
}
