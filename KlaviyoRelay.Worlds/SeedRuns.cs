using System.Runtime.ExceptionServices;
using KlaviyoRelay.Worlds.Plans;

namespace KlaviyoRelay.Worlds;

/// <summary>Plays many seeds, some at once, each on a thread of its own.</summary>
internal static class SeedRuns
{
    /// <param name="first">The first seed.</param>
    /// <param name="count">How many.</param>
    /// <param name="size">How large a world is.</param>
    /// <param name="atOnce">How many at once.</param>
    /// <param name="done">Is told each outcome, one at a time; false ends it.</param>
    public static void Play(ulong first, int count, WorldSize size, int atOnce, Func<WorldOutcome, bool> done)
    {
        var next = -1;
        var gate = new Lock();
        var goesOn = true;
        ExceptionDispatchInfo? failure = null;
        var workers = Enumerable.Range(0, atOnce).Select(_ => new Thread(Work)).ToList();
        workers.ForEach(worker => worker.Start());
        workers.ForEach(worker => worker.Join());
        failure?.Throw();

#pragma warning disable CA1031 // It is thrown again where it was asked for: here it would end the process.
        void Work()
        {
            try
            {
                while (Volatile.Read(ref goesOn) && Interlocked.Increment(ref next) is var number && number < count)
                {
                    var outcome = WorldRun.Play(size.Plan(first + (ulong)number));
                    lock (gate)
                    {
                        goesOn &= done(outcome);
                    }
                }
            }
            catch (Exception exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
                goesOn = false;
            }
        }
#pragma warning restore CA1031
    }
}

/// <summary>How large each world is.</summary>
internal sealed record WorldSize(TimeSpan Length, int Talks)
{
    public WorldPlan Plan(ulong seed) => PlanDrawer.Draw(seed, Length, Talks);
}
