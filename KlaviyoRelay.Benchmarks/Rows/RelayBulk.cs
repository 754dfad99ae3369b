using KlaviyoRelay.Benchmarks.FarEnd;
using KlaviyoRelay.Benchmarks.Relay;

namespace KlaviyoRelay.Benchmarks.Rows;

/// <summary>As <see cref="DeliverBulk"/>, from the queue's message on: with taking it from a memory queue and reading it.</summary>
internal sealed class RelayBulk : OwnProcessRow
{
    public const string RowName = "relay-bulk";

    public override string Name => RowName;

    public override string What => "queue message to 202, in bulk jobs";

    protected override async Task<Measurement> MeasureAsync(Uri farEnd, FarEndClient counts, CancellationToken cancellationToken)
    {
        await using var relay = BenchRelay.WithoutLimits(farEnd);
        await relay.WarmUpAsync(cancellationToken);
        return await relay.DrainAsync(DeliverBulk.Conversations, counts, cancellationToken);
    }
}
