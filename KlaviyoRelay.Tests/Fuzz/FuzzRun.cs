using System.Diagnostics;
using CsCheck;

namespace KlaviyoRelay.Tests.Fuzz;

/// <summary>
/// Tries inputs in a number that <c>make test</c> has time for, or for as long as CsCheck_Time says. A finding is made
/// smaller, and named by a seed: <c>FUZZ_SEED=0fgMMTPvcRt7 make fuzz</c> tries it again.
/// </summary>
internal static class FuzzRun
{
    private static readonly TimeSpan SlowInput = TimeSpan.FromSeconds(1);

    /// <param name="inputs">What is tried.</param>
    /// <param name="count">How many are tried where no time is set.</param>
    /// <param name="tryInput">Throws when the input is a finding.</param>
    public static Task RunAsync<T>(Gen<T> inputs, int count, Func<T, ValueTask> tryInput)
    {
        var output = TestContext.Current.TestOutputHelper;
        return inputs.SampleAsync(
            async input =>
            {
                // A few times again before it is called slow: the machine has other things to do.
                for (var attempt = 1; await TimeOfAsync(input, tryInput) > SlowInput; attempt++)
                {
                    attempt.ShouldBeLessThan(5, $"This input takes longer than {SlowInput}.");
                }
            },
            writeLine: line => output?.WriteLine(line),
            iter: count,
            print: input => $"{input}");
    }

    private static async Task<TimeSpan> TimeOfAsync<T>(T input, Func<T, ValueTask> tryInput)
    {
        var started = Stopwatch.GetTimestamp();
        await tryInput(input);
        return Stopwatch.GetElapsedTime(started);
    }
}
