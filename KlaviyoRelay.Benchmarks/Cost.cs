using System.Diagnostics;

namespace KlaviyoRelay.Benchmarks;

/// <summary>What a process has used so far; the difference of two is what happened between them.</summary>
/// <param name="Seconds">Time that went by.</param>
/// <param name="CpuSeconds">User and system time of all threads.</param>
/// <param name="AllocatedBytes">Allocated on the managed heap, by all threads.</param>
/// <param name="PeakBytes">The most resident memory that the process has had since its start (VmHWM): not a difference.</param>
internal sealed record Cost(double Seconds, double CpuSeconds, long AllocatedBytes, long PeakBytes)
{
    public static Cost None { get; } = new(0, 0, 0, 0);

    /// <summary>As <see cref="SoFar"/>, in a microsecond: without the memory, and without what threads have allocated just now.</summary>
    public static Cost AtAGlance() =>
        new(Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency, Environment.CpuUsage.TotalTime.TotalSeconds, GC.GetTotalAllocatedBytes(precise: false), PeakBytes: 0);

    public static Cost SoFar()
    {
        using var process = Process.GetCurrentProcess();
        return new Cost(
            Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency,
            Environment.CpuUsage.TotalTime.TotalSeconds,
            GC.GetTotalAllocatedBytes(precise: true),
            process.PeakWorkingSet64);
    }

    public Cost Since(Cost earlier) => this with
    {
        Seconds = Seconds - earlier.Seconds,
        CpuSeconds = CpuSeconds - earlier.CpuSeconds,
        AllocatedBytes = AllocatedBytes - earlier.AllocatedBytes,
    };

    public Cost Plus(Cost other) =>
        new(Seconds + other.Seconds, CpuSeconds + other.CpuSeconds, AllocatedBytes + other.AllocatedBytes, Math.Max(PeakBytes, other.PeakBytes));
}
