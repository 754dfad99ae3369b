using System.Diagnostics;
using System.Globalization;

namespace KlaviyoRelay.Tests.Fuzz;

/// <summary>
/// Tries one input after another for a while. Each input comes from the seed and its number alone, so a finding
/// can be tried again: <c>FUZZ_SEED=1 FUZZ_INPUT=4711 make fuzz</c>. Memory has to stay flat on the way.
/// </summary>
/// <param name="name">What is tried.</param>
/// <param name="memoryMargin">How many bytes memory may grow, for pools that are still being filled.</param>
internal sealed class FuzzRun(string name, long memoryMargin)
{
    public const long MiB = 1024 * 1024;

    /// <summary>The classes that share the time.</summary>
    private const int Runs = 3;

    private const int LeastInputs = 100;

    private static readonly TimeSpan SlowInput = TimeSpan.FromSeconds(1);
    private static readonly int Seed = Setting("FUZZ_SEED") ?? 1;
    private static readonly int? Only = Setting("FUZZ_INPUT");
    private static readonly TimeSpan Time = TimeSpan.FromSeconds((Setting("FUZZ_SECONDS") ?? 15) / (double)Runs);

    private readonly MemoryTrend _memory = new();

    /// <param name="tryInput">Makes an input and tries it; throws when it is a finding.</param>
    /// <returns>How many inputs were tried.</returns>
    public async Task<int> RunAsync(Func<Random, ValueTask> tryInput)
    {
        if (Only is { } only)
        {
            await TryAsync(only, tryInput);
            return 1;
        }

        var watch = Stopwatch.StartNew();
        var inputs = 0;
        for (; watch.Elapsed < Time; inputs++)
        {
            await TryAsync(inputs, tryInput);
            if (watch.Elapsed > Time * (_memory.Count + 1) / MemoryTrend.Samples)
            {
                _memory.Measure();
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant(
            $"{name}: {inputs} inputs in {watch.Elapsed.TotalSeconds:0} s, seed {Seed}; memory {_memory} KiB"));
        inputs.ShouldBeGreaterThan(LeastInputs);
        _memory.Count.ShouldBeGreaterThan(MemoryTrend.Samples / 2);
        _memory.Growth.ShouldBeLessThan(memoryMargin, $"Memory grows: {_memory} KiB.");
        return inputs;
    }

    private static int? Setting(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var value) ? value : null;

    private async Task TryAsync(int input, Func<Random, ValueTask> tryInput)
    {
        var where = FormattableString.Invariant($"{name}, FUZZ_SEED={Seed} FUZZ_INPUT={input}");
        try
        {
            // A few times again before it is called slow: the machine has other things to do.
            for (var attempt = 1; await TimeOfAsync(input, tryInput) > SlowInput; attempt++)
            {
                attempt.ShouldBeLessThan(5, $"This input takes longer than {SlowInput}.");
            }
        }
        catch (Exception exception)
        {
            throw new FuzzFindingException($"{where}: {exception.Message}", exception);
        }
    }

    private static async Task<TimeSpan> TimeOfAsync(int input, Func<Random, ValueTask> tryInput)
    {
        var random = new Random(HashOf(input));
        var started = Stopwatch.GetTimestamp();
        await tryInput(random);
        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>The same in every process, as HashCode's is not.</summary>
    private static int HashOf(int input) => unchecked((Seed * 486_187_739) + (input * 16_777_619));
}
