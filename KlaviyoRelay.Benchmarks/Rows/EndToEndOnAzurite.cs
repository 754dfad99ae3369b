using KlaviyoRelay.Benchmarks.Relay;

namespace KlaviyoRelay.Benchmarks.Rows;

/// <summary>As <see cref="EndToEnd"/>, with the queue in Azurite, whose own CPU time is shown apart.</summary>
internal sealed class EndToEndOnAzurite : Row
{
    private const int WarmUp = 200;
    private const int Events = 5000;
    private const int InFlight = 8;

    public override string Name => "end-to-end-azurite";

    public override string What => $"webhooks to {Events:N0} events at Klaviyo, queue in Azurite, look-ups by HTTP";

    // Azurite's cost is most of it.
    public override int Repetitions => 1;

    public override async Task<Measurement> RunAsync(Surroundings surroundings, CancellationToken cancellationToken)
    {
        await using var relay = await RunningRelay.WithAzuriteAsync(cancellationToken);
        await relay.StartOnAzuriteAsync(surroundings, cancellationToken);
        var before = relay.Stack.Azurite.ProcessorTime;
        var measurement = await EndToEnd.RunAsync(relay, surroundings, WarmUp, Events, InFlight, cancellationToken);
        // With the warm-up's part of it, which is small.
        var share = Events / (double)(Events + (WarmUp * Workload.Emails));
        return measurement with { QueueCpuSeconds = (relay.Stack.Azurite.ProcessorTime - before).TotalSeconds * share };
    }
}
