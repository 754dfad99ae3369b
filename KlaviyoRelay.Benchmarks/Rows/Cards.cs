using System.Diagnostics;
using System.Text.Json.Nodes;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Benchmarks.Rows;

/// <summary>A card's question until its answer, with a Klaviyo that takes 200 ms for each of its own; from the relay's memory, or of customers who are asked for first.</summary>
internal sealed class Cards(bool isCold) : Row
{
    // As many as Klaviyo tells lists of in a minute.
    private const int Customers = 40;
    private const int Questions = 4000;
    private const int InFlight = 8;

    public static string NameOf(bool isCold) => isCold ? "card-cold" : "card-cached";

    public override string Name => NameOf(isCold);

    public override string What => isCold ? "a card of a customer who is asked for first, one at a time: Klaviyo answers within 200 ms" : "the same from the relay's memory, 8 in flight";

    public override int Repetitions => 1;

    public override async Task<Measurement> RunAsync(Surroundings surroundings, CancellationToken cancellationToken)
    {
        await using var stack = new RelayStack();
        foreach (var (setting, value) in CardReader.Settings.Append(("Relay__Accounts__main__RateShare", "1")))
        {
            stack.Settings[setting] = value;
        }

        await stack.StartAsync(cancellationToken);
        // One more than is measured: the first question is the process's first.
        await CardReader.SeedAsync(stack.Simulator, Customers + 1, cancellationToken);
        await stack.Simulator.FaultAsync(new JsonObject { ["target"] = "klaviyo", ["delayMs"] = 200 }, cancellationToken);
        using var cards = new CardReader();
        await cards.AskAsync(stack.RelayAddress, Customers, cancellationToken);

        var asked = isCold ? stack.Relay.ProcessorTime : TimeSpan.Zero;
        var watch = Stopwatch.StartNew();
        var times = await AskAsync(cards, stack.RelayAddress, Customers, inFlight: 1, cancellationToken);
        if (!isCold)
        {
            asked = stack.Relay.ProcessorTime;
            watch.Restart();
            times = await AskAsync(cards, stack.RelayAddress, Questions, InFlight, cancellationToken);
        }

        var cost = new Cost(watch.Elapsed.TotalSeconds, (stack.Relay.ProcessorTime - asked).TotalSeconds, AllocatedBytes: 0, stack.Relay.PeakMemory());
        var counts = await stack.Simulator.CountsAsync(cancellationToken);
        return new Measurement(times.Length, cost) { P50 = times[times.Length / 2], P95 = times[times.Length * 95 / 100], P99 = times[times.Length * 99 / 100], Requests = counts.To("klaviyo"), LookUps = counts.To("kustomer") };
    }

    /// <summary>The milliseconds to each answer, in order; each must be complete.</summary>
    private static async Task<double[]> AskAsync(CardReader cards, Uri relay, int questions, int inFlight, CancellationToken cancellationToken)
    {
        var times = new double[questions];
        await Parallel.ForEachAsync(Enumerable.Range(0, questions), new ParallelOptions { MaxDegreeOfParallelism = inFlight, CancellationToken = cancellationToken }, async (question, token) =>
        {
            var answer = await cards.AskAsync(relay, question % Customers, token);
            UnmetException.ThrowUnless(answer is { HasEssentials: true, HasGroups: true }, () => $"A card was answered {answer.Status}: {answer.Profile?.ToJsonString()}");
            times[question] = answer.Time.TotalMilliseconds;
        });
        Array.Sort(times);
        return times;
    }
}
