using KlaviyoRelay.Benchmarks.FarEnd;
using KlaviyoRelay.Benchmarks.Relay;

namespace KlaviyoRelay.Benchmarks.Rows;

/// <summary>The relay's own path, in bulk jobs.</summary>
internal sealed class DeliverBulk : OwnProcessRow
{
    public const string RowName = "deliver-bulk";
    public const int WarmUp = 10_000;
    public const int Conversations = 20_000;

    public override string Name => RowName;

    public override string What => "queue message to 202, in bulk jobs";

    protected override async Task<Measurement> MeasureAsync(Uri farEnd, FarEndClient counts, CancellationToken cancellationToken)
    {
        await using var relay = BenchRelay.WithoutLimits(farEnd);
        return await relay.DrainAsync(WarmUp, Conversations, counts, cancellationToken);
    }
}
