using System.Text.Json;

namespace KlaviyoRelay.Benchmarks.Report;

/// <summary>A report for a program to read.</summary>
internal static class BenchJson
{
    public static string Write(BenchReport report) => JsonSerializer.Serialize(report, BenchJsonContext.Default.BenchReport);

    public static Task SaveAsync(BenchReport report, FileInfo file, CancellationToken cancellationToken) =>
        File.WriteAllTextAsync(file.FullName, Write(report), cancellationToken);
}
