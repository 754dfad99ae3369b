using System.Diagnostics;
using System.Runtime.InteropServices;
using KlaviyoRelay.Benchmarks.Report;

namespace KlaviyoRelay.Benchmarks;

/// <summary>One run of the benchmarks: the rows take turns, so that what else the machine does meets them all.</summary>
internal sealed class BenchRun(IReadOnlyList<Row> rows, bool isFull)
{
    public async Task<BenchReport> RunAsync(CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var runs = rows.ToDictionary(row => row, _ => new List<Measurement>());
        await using (var surroundings = await Surroundings.StartAsync(cancellationToken))
        {
            for (var repetition = 0; repetition < rows.Max(Repetitions); repetition++)
            {
                foreach (var row in rows.Where(row => repetition < Repetitions(row)))
                {
                    runs[row].Add(await RunAsync(row, surroundings, cancellationToken));
                }
            }
        }

        var results = rows.Select(row => new RowResult(row.Name, row.What, runs[row])).ToList();
        return new BenchReport(Machine(), watch.Elapsed.TotalSeconds, results, Targets.Of(results));
    }

    private int Repetitions(Row row) => isFull ? Math.Max(row.Repetitions, Row.Usual) : row.Repetitions;

    private static async Task<Measurement> RunAsync(Row row, Surroundings surroundings, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        await Console.Error.WriteAsync($"{row.Name} ... ");
        await surroundings.Counts.ResetAsync(cancellationToken);
        var measurement = await row.RunAsync(surroundings, cancellationToken);
        await Console.Error.WriteLineAsync($"{watch.Elapsed.TotalSeconds:0.0} s{(measurement is { Lost: 0, Doubled: 0 } ? "" : $", {measurement.Lost} lost, {measurement.Doubled} doubled")}");
        return measurement;
    }

    private static string Machine() =>
        $"{Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1 << 30)} GB, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}";
}
