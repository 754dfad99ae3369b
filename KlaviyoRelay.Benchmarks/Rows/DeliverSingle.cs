using KlaviyoRelay.Benchmarks.FarEnd;
using KlaviyoRelay.Benchmarks.Relay;

namespace KlaviyoRelay.Benchmarks.Rows;

/// <summary>The relay's own path, one request per event, from events that have been read.</summary>
internal sealed class DeliverSingle : OwnProcessRow
{
    public const string RowName = "deliver-single";
    public const int WarmUpConversations = 1000;
    public const int Conversations = 6000;

    public override string Name => RowName;

    public override string What => "conversation event to 202, one request per event";

    protected override async Task<Measurement> MeasureAsync(Uri farEnd, FarEndClient counts, CancellationToken cancellationToken)
    {
        await using var relay = BenchRelay.WithoutLimits(farEnd, bulkThreshold: 0);
        await relay.WarmUpForEventsAsync(WarmUpConversations, batchSize: 25, cancellationToken);
        return await relay.RelayEventsAsync(Conversations, counts, cancellationToken);
    }
}
