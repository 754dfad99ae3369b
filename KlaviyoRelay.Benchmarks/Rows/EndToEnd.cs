using KlaviyoRelay.Benchmarks.Relay;

namespace KlaviyoRelay.Benchmarks.Rows;

/// <summary>The local host on a memory queue: webhooks in, events at Klaviyo. From the first webhook to the last event.</summary>
internal sealed class EndToEnd(int events) : Row
{
    private const int WarmUp = 2000;
    private const int InFlight = 32;

    public static string NameOf(int events) => $"end-to-end-{events / 1000}k";

    public override string Name => NameOf(events);

    public override string What => $"webhooks to {events:N0} events at Klaviyo, memory queue, look-ups by HTTP";

    public override async Task<Measurement> RunAsync(Surroundings surroundings, CancellationToken cancellationToken)
    {
        await using var relay = await RunningRelay.OnMemoryAsync(surroundings, acceptsOnly: false, cancellationToken);
        return await RunAsync(relay, surroundings, WarmUp, events, InFlight, cancellationToken);
    }

    public static async Task<Measurement> RunAsync(RunningRelay relay, Surroundings surroundings, int warmUp, int events, int inFlight, CancellationToken cancellationToken)
    {
        var longest = TimeSpan.FromMinutes(2);
        await relay.Client.PostAsync(0, warmUp, inFlight, cancellationToken);
        await surroundings.Counts.ReceivesAsync(warmUp * Workload.Emails, longest, cancellationToken);
        await surroundings.Counts.ResetAsync(cancellationToken);

        var start = await relay.Client.CostAsync(cancellationToken);
        var times = await relay.Client.PostAsync(warmUp, events / Workload.Emails, inFlight, cancellationToken);
        await surroundings.Counts.ReceivesAsync(events, longest, cancellationToken);
        var cost = (await relay.Client.CostAsync(cancellationToken)).Since(start);
        return new Measurement(events, cost) { P50 = times[times.Length / 2], P99 = times[times.Length * 99 / 100] }
            .SeenAs(await surroundings.Counts.CountsAsync(cancellationToken));
    }
}
