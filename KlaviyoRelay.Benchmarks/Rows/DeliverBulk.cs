using KlaviyoRelay.Benchmarks.FarEnd;
using KlaviyoRelay.Benchmarks.Relay;

namespace KlaviyoRelay.Benchmarks.Rows;

/// <summary>The relay's own path, in bulk jobs.</summary>
internal sealed class DeliverBulk : OwnProcessRow
{
    public const string RowName = "deliver-bulk";
    public const int Conversations = 40_000;

    public override string Name => RowName;

    public override string What => "queue message to 202, in bulk jobs";

    protected override async Task<Measurement> MeasureAsync(Uri farEnd, FarEndClient counts, CancellationToken cancellationToken)
    {
        await using var relay = BenchRelay.WithoutLimits(farEnd);
        await relay.WarmUpAsync(cancellationToken);
        return await relay.DrainAsync(Conversations, counts, cancellationToken);
    }
}
