using KlaviyoRelay.Benchmarks.FarEnd;
using KlaviyoRelay.Benchmarks.Relay;

namespace KlaviyoRelay.Benchmarks.Rows;

/// <summary>The yardstick for <see cref="DeliverSingle"/>.</summary>
internal sealed class FloorSingle : OwnProcessRow
{
    public const string RowName = "floor-single";

    // As many as the relay has in flight.
    private const int Parallel = 32;

    public override string Name => RowName;

    public override string What => "bare HttpClient + Utf8JsonWriter, one request per event";

    protected override async Task<Measurement> MeasureAsync(Uri farEnd, FarEndClient counts, CancellationToken cancellationToken)
    {
        using var floor = new FloorClient(farEnd);
        await WarmUp.RunAsync(DeliverSingle.WarmUpConversations, first => floor.SendSinglesAsync(FloorEvent.Of(first, DeliverSingle.WarmUpConversations), Parallel));

        await counts.ResetAsync(cancellationToken);
        var cost = await BatchByBatch.MeasureAsync(0, DeliverSingle.Conversations, DeliverBulk.BatchSize, (first, count) =>
        {
            var events = FloorEvent.Of(first, count);
            return () => floor.SendSinglesAsync(events, Parallel);
        });
        return new Measurement(DeliverSingle.Conversations * Workload.Emails, cost).SeenAs(await counts.CountsAsync(cancellationToken));
    }
}
