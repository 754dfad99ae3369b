using KlaviyoRelay.Benchmarks.FarEnd;
using KlaviyoRelay.Benchmarks.Relay;

namespace KlaviyoRelay.Benchmarks.Rows;

/// <summary>A backlog in a memory queue, with Klaviyo's real limit windows. Nothing is warmed up: a backlog meets a relay that has just started.</summary>
internal sealed class Drain(int events) : OwnProcessRow
{
    public static string NameOf(int events) => $"drain-{events / 1000}k";

    public override string Name => NameOf(events);

    public override string What => $"{events:N0} queued events with Klaviyo's real limits, memory queue, look-ups by HTTP without a limit";

    // Klaviyo's windows decide how long it takes, and not the machine.
    public override int Repetitions => events > 50_000 ? 1 : Usual;

    protected override async Task<Measurement> MeasureAsync(Uri farEnd, FarEndClient counts, CancellationToken cancellationToken)
    {
        await using var relay = BenchRelay.WithLimits(farEnd);
        return await relay.DrainAsync(events / Workload.Emails, counts, cancellationToken);
    }
}
