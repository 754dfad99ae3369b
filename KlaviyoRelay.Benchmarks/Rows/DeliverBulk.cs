using KlaviyoRelay.Benchmarks.FarEnd;
using KlaviyoRelay.Benchmarks.Relay;
using KlaviyoRelay.LocalHost.Settings;

namespace KlaviyoRelay.Benchmarks.Rows;

/// <summary>The relay's own path, in bulk jobs, from events that have been read.</summary>
internal sealed class DeliverBulk : OwnProcessRow
{
    public const string RowName = "deliver-bulk";

    public const int WarmUpConversations = 8000;
    public const int Conversations = 40_000;

    /// <summary>As many as a host hands over at once.</summary>
    public static int BatchSize { get; } = HostJson.Read().MaxMessageBatchSize;

    public override string Name => RowName;

    public override string What => "conversation event to 202, in bulk jobs";

    protected override async Task<Measurement> MeasureAsync(Uri farEnd, FarEndClient counts, CancellationToken cancellationToken)
    {
        await using var relay = BenchRelay.WithoutLimits(farEnd);
        await relay.WarmUpForEventsAsync(WarmUpConversations, BatchSize / 2, cancellationToken);
        return await relay.RelayEventsAsync(Conversations, counts, cancellationToken);
    }
}
