using KlaviyoRelay.Benchmarks.Records;

namespace KlaviyoRelay.Benchmarks.Rows;

/// <summary>
/// Profiles in ten bodies of one run, posted one after another: from the first byte to the last job that Klaviyo accepts.
/// Nothing is warmed up.
/// </summary>
internal sealed class RecordsRun(int rows) : Row
{
    private const int Bodies = 10;

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    public static string NameOf(int rows) => rows == 1_000_000 ? "records-1m" : $"records-{rows / 1000}k";

    public override string Name => NameOf(rows);

    public override string What => $"{rows:N0} profiles of 500 bytes, gzip, ten bodies of one run, to the last job accepted: Klaviyo's real limits, Azurite";

    // Klaviyo's windows decide, and not the machine.
    public override int Repetitions => 1;

    public override bool NeedsFull => rows > 100_000;

    public override async Task<Measurement> RunAsync(Surroundings surroundings, CancellationToken cancellationToken)
    {
        var bodies = Enumerable.Range(0, Bodies).Select(part => RowWorkload.Body(part * (rows / Bodies), rows / Bodies)).ToList();
        await using var stack = await RecordsStack.StartAsync(RowWorkload.Settings(), cancellationToken);
        var (cost, azurite) = await stack.MeasureAsync(
            async () =>
            {
                foreach (var (part, body) in bodies.Index())
                {
                    await stack.PostAsync(body, part + 1, cancellationToken);
                }
            },
            async () => (await stack.ImportedAsync(cancellationToken)).Rows >= rows,
            Longest,
            cancellationToken);
        var imported = await stack.ImportedAsync(cancellationToken);
        return new Measurement(rows, cost)
        {
            Requests = imported.Jobs,
            Lost = rows - imported.Profiles,
            Doubled = imported.Rows - imported.Profiles,
            QueueCpuSeconds = azurite,
        };
    }
}
