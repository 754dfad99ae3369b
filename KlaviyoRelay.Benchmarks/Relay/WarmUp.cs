using System.Runtime;

namespace KlaviyoRelay.Benchmarks.Relay;

/// <summary>
/// Repeats the work until the runtime has compiled its hot methods for good, so that a row tells what an event costs
/// and not what the compiler does meanwhile. The rows <c>drain</c> and <c>start</c> do without and show that too.
/// </summary>
internal static class WarmUp
{
    // Far from the numbers of the conversations that are measured, which must not have been seen before.
    private const int FirstConversation = 100_000_000;

    private const int MaxRounds = 25;

    // Some stragglers are no part of the work: timers, the pool's own threads.
    private const int MostCompiled = 5;

    // The runtime compiles what became hot when nothing new did for a tenth of a second.
    private static readonly TimeSpan CompilingTime = TimeSpan.FromMilliseconds(200);

    /// <summary>Repeats the work, with other conversations each time.</summary>
    /// <param name="conversations">How many a round has: some tens of batches, so that what runs once in each becomes hot too.</param>
    /// <param name="workOn">Works on so many, given the first one's number.</param>
    public static Task RunAsync(int conversations, Func<int, Task> workOn) => RunAsync(conversations, workOn, () => Task.FromResult(0L));

    /// <summary>The same where another process does a part of the work.</summary>
    /// <param name="conversations">How many a round has: more than thirty batches, after which what runs once in each is hot too.</param>
    /// <param name="workOn">Works on so many, given the first one's number.</param>
    /// <param name="compiledThere">How many methods the other process's runtime has compiled so far.</param>
    public static async Task RunAsync(int conversations, Func<int, Task> workOn, Func<Task<long>> compiledThere)
    {
        for (var round = 0; round < MaxRounds; round++)
        {
            var before = JitInfo.GetCompiledMethodCount() + await compiledThere();
            await workOn(FirstConversation + (round * conversations));
            await Task.Delay(CompilingTime);
            if (JitInfo.GetCompiledMethodCount() + await compiledThere() - before <= MostCompiled)
            {
                return;
            }
        }
    }
}
