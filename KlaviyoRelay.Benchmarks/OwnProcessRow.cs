using System.Text.Json;
using KlaviyoRelay.Benchmarks.FarEnd;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Benchmarks;

/// <summary>A row that is measured from within a process of its own: <c>KlaviyoRelay.Benchmarks row {name}</c>.</summary>
internal abstract class OwnProcessRow : Row
{
    public const string Verb = "row";

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    public sealed override async Task<Measurement> RunAsync(Surroundings surroundings, CancellationToken cancellationToken)
    {
        await using var process = surroundings.Start(Verb, Name, $"{surroundings.FarEnd.Apis}", $"{surroundings.FarEnd.Counts}");
        await process.WaitForExitAsync(Longest, cancellationToken);
        return process.Lines.FirstOrDefault(line => line.StartsWith('{')) is { } json && JsonSerializer.Deserialize(json, BenchJsonContext.Default.Measurement) is { } measurement
            ? measurement
            : throw new UnmetException($"{Name} failed:\n{process.Output}");
    }

    /// <summary>In the process of its own: writes the measurement as JSON.</summary>
    public async Task<int> RunAsync(FarEndAddress farEnd, CancellationToken cancellationToken)
    {
        using var counts = new FarEndClient(farEnd);
        await counts.ResetAsync(cancellationToken);
        var measurement = await MeasureAsync(farEnd.Apis, counts, cancellationToken);
        Console.WriteLine(JsonSerializer.Serialize(measurement, BenchJsonContext.Default.Measurement));
        return 0;
    }

    /// <param name="farEnd">Klaviyo and Kustomer.</param>
    /// <param name="counts">To be reset after a warm-up.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    protected abstract Task<Measurement> MeasureAsync(Uri farEnd, FarEndClient counts, CancellationToken cancellationToken);
}
