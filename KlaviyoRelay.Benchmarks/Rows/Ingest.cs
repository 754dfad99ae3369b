using KlaviyoRelay.Benchmarks.Relay;

namespace KlaviyoRelay.Benchmarks.Rows;

/// <summary>A webhook until its 202: verified, parsed and put into a queue in memory.</summary>
internal sealed class Ingest(int inFlight) : Row
{
    private const int WarmUpWebhooks = 3000;
    private const int WarmUpInFlight = 32;
    private const int Webhooks = 20_000;

    public static string NameOf(int inFlight) => $"ingest-{inFlight}";

    public override string Name => NameOf(inFlight);

    public override string What => $"webhook to its 202 on a memory queue, {inFlight} in flight";

    public override async Task<Measurement> RunAsync(Surroundings surroundings, CancellationToken cancellationToken)
    {
        await using var relay = await RunningRelay.OnMemoryAsync(surroundings, acceptsOnly: true, cancellationToken);
        await WarmUp.RunAsync(
            WarmUpWebhooks,
            first => relay.Client.PostAsync(first, WarmUpWebhooks, WarmUpInFlight, cancellationToken),
            () => relay.Client.CompiledMethodsAsync(cancellationToken));

        var count = inFlight == 1 ? Webhooks / 4 : Webhooks;
        var start = await relay.Client.CostAsync(cancellationToken);
        var times = await relay.Client.PostAsync(0, count, inFlight, cancellationToken);
        var cost = (await relay.Client.CostAsync(cancellationToken)).Since(start);
        return new Measurement(count, cost) { P50 = times[count / 2], P99 = times[count * 99 / 100] };
    }
}
