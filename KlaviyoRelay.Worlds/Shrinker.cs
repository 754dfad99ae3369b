using KlaviyoRelay.Worlds.Plans;

namespace KlaviyoRelay.Worlds;

/// <summary>Makes a failing plan smaller: leaves out what is not needed for the same promise to be broken (Zeller's delta debugging).</summary>
internal static class Shrinker
{
    /// <param name="fails">Whether a smaller plan still fails in the same way.</param>
    public static WorldPlan Shrink(WorldPlan plan, Func<WorldPlan, bool> fails)
    {
        var size = int.MaxValue;
        while (SizeOf(plan) < size)
        {
            size = SizeOf(plan);
            plan = Shrink(plan, fails, one => one.Troubles, (one, left) => one with { Troubles = left });
            plan = Shrink(plan, fails, one => one.Talks, (one, left) => one with { Talks = left });
            plan = Shrink(plan, fails, one => one.Uploads, (one, left) => one with { Uploads = left });
            plan = Shrink(plan, fails, one => one.Acts, (one, left) => one with { Acts = left });
        }

        return plan;
    }

    private static int SizeOf(WorldPlan plan) => plan.Talks.Count + plan.Uploads.Count + plan.Troubles.Count + plan.Acts.Count;

    private static WorldPlan Shrink<T>(WorldPlan plan, Func<WorldPlan, bool> fails, Func<WorldPlan, IReadOnlyList<T>> read, Func<WorldPlan, IReadOnlyList<T>, WorldPlan> write)
    {
        for (var piece = read(plan).Count; piece > 0; piece /= 2)
        {
            for (var from = 0; from < read(plan).Count;)
            {
                var all = read(plan);
                var smaller = write(plan, [.. all.Take(from), .. all.Skip(from + piece)]);
                if (smaller.Talks.Count > 0 && fails(smaller))
                {
                    plan = smaller;
                }
                else
                {
                    from += piece;
                }
            }
        }

        return plan;
    }
}
