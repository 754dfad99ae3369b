using KlaviyoRelay.Benchmarks.FarEnd;
using KlaviyoRelay.Benchmarks.Relay;

namespace KlaviyoRelay.Benchmarks.Rows;

/// <summary>The yardstick for <see cref="DeliverBulk"/>.</summary>
internal sealed class FloorBulk : OwnProcessRow
{
    public const string RowName = "floor-bulk";

    public override string Name => RowName;

    public override string What => "bare HttpClient + Utf8JsonWriter, jobs of 1,000 events";

    protected override async Task<Measurement> MeasureAsync(Uri farEnd, FarEndClient counts, CancellationToken cancellationToken)
    {
        using var floor = new FloorClient(farEnd);
        await WarmUp.RunAsync(DeliverBulk.WarmUpConversations, first => floor.SendBulkAsync(FloorEvent.Of(first, DeliverBulk.WarmUpConversations)));

        await counts.ResetAsync(cancellationToken);
        var cost = await BatchByBatch.MeasureAsync(0, DeliverBulk.Conversations, DeliverBulk.BatchSize, (first, count) =>
        {
            var events = FloorEvent.Of(first, count);
            return () => floor.SendBulkAsync(events);
        });
        return new Measurement(DeliverBulk.Conversations * Workload.Emails, cost).SeenAs(await counts.CountsAsync(cancellationToken));
    }
}
