using System.Diagnostics;
using System.Text.Json.Nodes;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Faults.Scenarios;

/// <summary>Agents open 250 customers in a minute, each for the first time. Klaviyo tells lists and segments of 48 of them.</summary>
internal sealed class CardsRush : Scenario
{
    private const int PerMinute = 250;
    private const int MostWithGroups = 48;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    public override string Name => "cards-rush";

    public override string Fault => "250 customers are opened in a minute, all for the first time";

    public override async Task RunAsync(FaultRun run, CancellationToken cancellationToken)
    {
        // A quarter of it shows the limit of each second, and the whole that of the minute.
        var customers = run.Size.IsFull ? PerMinute : PerMinute / 4;
        await CardReader.SeedAsync(run.Simulator, customers + 1, cancellationToken);
        await run.StartRelayAsync(cancellationToken, CardReader.Settings);
        await run.Simulator.FaultAsync(new JsonObject { ["target"] = "klaviyo", ["delayMs"] = 100 }, cancellationToken);

        using var cards = new CardReader();
        // The first question of a process finds it cold.
        await cards.AskAsync(run.Stack.RelayAddress, customers, cancellationToken);
        var watch = Stopwatch.StartNew();
        var asked = new List<Task<(TimeSpan At, CardAnswer Answer)>>();
        for (var number = 0; number < customers; number++)
        {
            if ((TimeSpan.FromMinutes(1) / PerMinute * number) - watch.Elapsed is var wait && wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, cancellationToken);
            }

            asked.Add(AskAsync(number));
        }

        var answered = await Task.WhenAll(asked);
        CardAnswer[] answers = [.. answered.Select(one => one.Answer)];
        await run.Simulator.ClearFaultsAsync(cancellationToken);
        var (slowest, complete, throttled) = (answers.Max(answer => answer.Time), answered.Count(one => one.Answer.HasGroups && one.At <= TimeSpan.FromMinutes(1)), (await run.Simulator.CountsAsync(cancellationToken)).Answered("klaviyo", "429"));
        run.Measured($"{answers.Length} cards, the slowest after {slowest.TotalSeconds:0.0} s, {complete} with lists and segments within the minute, {throttled} times 429");
        run.Must(answers.All(answer => answer.HasEssentials), $"{answers.Count(answer => !answer.HasEssentials)} agents do not see profile, consent and messages: {string.Join(", ", answers.Where(answer => !answer.HasEssentials).Select(answer => answer.Status).Distinct())}.");
        run.Must(slowest <= Patience, $"An agent waited {slowest.TotalSeconds:0.0} s.");
        run.Must(complete is > 0 and <= MostWithGroups, $"{complete} cards have lists and segments within a minute.");
        run.Must(answers.All(answer => answer.SaysWhen), "A card lacks a part and does not say when to ask again.");
        run.Must(throttled == 0, $"Klaviyo throttled {throttled} requests.");

        async Task<(TimeSpan At, CardAnswer Answer)> AskAsync(int number)
        {
            var answer = await cards.AskAsync(run.Stack.RelayAddress, number, cancellationToken);
            return (watch.Elapsed, answer);
        }
    }
}
