using KlaviyoRelay.Benchmarks.FarEnd;

namespace KlaviyoRelay.Benchmarks;

/// <summary>One run of one row.</summary>
/// <param name="Events">How many events; webhooks where no event is delivered, and rows where records are.</param>
/// <param name="Cost">What the measured process used for them; its start and a warm-up are left out unless the row says otherwise.</param>
internal sealed record Measurement(int Events, Cost Cost)
{
    /// <summary>Requests to Klaviyo.</summary>
    public int Requests { get; init; }

    /// <summary>Requests to the helpdesk.</summary>
    public int LookUps { get; init; }

    /// <summary>Connections to Klaviyo and the helpdesk together.</summary>
    public int Connections { get; init; }

    /// <summary>Length of the bodies sent to Klaviyo.</summary>
    public long Bytes { get; init; }

    public int Lost { get; init; }

    public int Doubled { get; init; }

    /// <summary>Milliseconds to the answer of a webhook: half of them took no longer.</summary>
    public double? P50 { get; init; }

    /// <summary>95 of 100 took no longer; of cards alone.</summary>
    public double? P95 { get; init; }

    /// <summary>99 of 100 took no longer.</summary>
    public double? P99 { get; init; }

    /// <summary>CPU time of the queue's own process.</summary>
    public double? QueueCpuSeconds { get; init; }

    public double CpuPerThousand => Cost.CpuSeconds * 1000 / Events;

    public double PerSecond => Events / Cost.Seconds;

    public double AllocatedPerEvent => (double)Cost.AllocatedBytes / Events;

    public double PeakMegabytes => Cost.PeakBytes / (1024.0 * 1024.0);

    /// <summary>With what the far end has seen of its events.</summary>
    public Measurement SeenAs(FarEndCounts counts) => this with
    {
        Requests = counts.Requests,
        LookUps = counts.LookUps,
        Connections = counts.Connections,
        Bytes = counts.Bytes,
        Lost = Events - counts.Distinct,
        Doubled = counts.Events - counts.Distinct,
    };
}
