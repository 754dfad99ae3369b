namespace KlaviyoRelay.Benchmarks.Relay;

/// <summary>
/// Measures work on events that are laid out right before it, outside of what is measured: as a host has just read
/// them, and a processor still has them at hand.
/// </summary>
internal static class BatchByBatch
{
    /// <param name="firstConversation">The number of the first.</param>
    /// <param name="conversations">How many in all.</param>
    /// <param name="batchSize">How many at a time.</param>
    /// <param name="layOut">Lays out a batch, given the first one's number and how many; what it returns works on it.</param>
    public static async Task<Cost> MeasureAsync(int firstConversation, int conversations, int batchSize, Func<int, int, Func<Task>> layOut)
    {
        var total = Cost.None;
        for (var done = 0; done < conversations; done += batchSize)
        {
            var work = layOut(firstConversation + done, Math.Min(batchSize, conversations - done));
            var start = Cost.AtAGlance();
            await work();
            total = total.Plus(Cost.AtAGlance().Since(start));
        }

        return total with { PeakBytes = Cost.SoFar().PeakBytes };
    }
}
