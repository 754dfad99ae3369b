using KlaviyoRelay.Benchmarks.FarEnd;
using KlaviyoRelay.Benchmarks.Relay;

namespace KlaviyoRelay.Benchmarks.Rows;

/// <summary>What an event costs when this many wait: the same number of events in all, in backlogs of this size one after another.</summary>
internal sealed class Backlog(int size) : OwnProcessRow
{
    private const int Events = 100_000;

    public static string NameOf(int size) => $"backlog-{size / 1000}k";

    public override string Name => NameOf(size);

    public override string What => $"{Events:N0} events in backlogs of {size:N0}, without limits";

    protected override async Task<Measurement> MeasureAsync(Uri farEnd, FarEndClient counts, CancellationToken cancellationToken)
    {
        await using var relay = BenchRelay.WithoutLimits(farEnd);
        await relay.WarmUpAsync(cancellationToken);
        await counts.ResetAsync(cancellationToken);

        Measurement? total = null;
        for (var start = 0; start < Events; start += size)
        {
            var one = await relay.DrainOnceAsync(start / Workload.Emails, size / Workload.Emails, cancellationToken);
            total = total is null ? one : new Measurement(total.Events + one.Events, total.Cost.Plus(one.Cost));
        }

        return (total ?? throw new InvalidOperationException("There were no events.")).SeenAs(await counts.CountsAsync(cancellationToken));
    }
}
