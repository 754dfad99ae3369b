using System.Text.Json.Nodes;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Faults.Scenarios;

/// <summary>Two relays of one account, each of which believes that it answers cards alone: the conversations beside them must not notice.</summary>
internal sealed class CardsBeside : Scenario
{
    private const int ParallelAgents = 8;

    // What conversations ask Klaviyo.
    private static readonly string[] OfConversations = ["POST /klaviyo/api/events", "POST /klaviyo/api/event-bulk-create-jobs", "GET /klaviyo/api/profiles"];

    public override string Name => "cards-beside";

    public override string Fault => "two relays ask one account for cards, more than it allows, beside conversations";

    public override async Task RunAsync(FaultRun run, CancellationToken cancellationToken)
    {
        var customers = run.Size.IsFull ? 400 : 160;
        var load = ConversationLoad.Of(run.Size.Conversations, emails: 2);
        await load.SeedAsync(run.Simulator, cancellationToken);
        await CardReader.SeedAsync(run.Simulator, customers, cancellationToken);
        await run.Simulator.AddAsync("profiles", [.. load.Expected.Select(one => one.Email).Distinct().Select(email => new JsonObject { ["key"] = RelaySettings.KlaviyoKey, ["email"] = email })], cancellationToken);
        // Then conversations search profiles as well, and share that limit with the cards.
        await run.StartRelayAsync(
            cancellationToken, [.. CardReader.Settings, ("Relay__Connections__kustomer__CreateProfiles", "false"), ("Relay__Connections__gladly__CreateProfiles", "false")]);
        var second = await run.Stack.StartBesideAsync(cancellationToken);

        using var cards = new CardReader();
        var asking = AskAsync(cards, run.Stack.RelayAddress, 0, customers / 2, cancellationToken);
        var askingToo = AskAsync(cards, second, customers / 2, customers / 2, cancellationToken);
        await run.PostAsync(load, cancellationToken);
        await run.SettleAsync(cancellationToken);
        IReadOnlyList<CardAnswer> answers = [.. await asking, .. await askingToo];

        var throttled = (await run.Simulator.CountsAsync(cancellationToken)).Throttled;
        var partial = answers.Count(answer => answer.Profile is not null && !answer.HasGroups);
        run.Measured($"{answers.Count} cards, {partial} of them without lists or segments, {throttled.Values.Sum()} times 429");
        run.Must(OfConversations.All(route => throttled.GetValueOrDefault(route) == 0), $"Klaviyo throttled what conversations ask: {string.Join(", ", throttled.Select(one => $"{one.Key} {one.Value} times"))}.");
        run.Must(throttled.Values.Sum() > 0 && partial > 0, "The cards were not asked hard enough to be throttled.");
        run.Must(answers.All(answer => answer.Status is 200 or 503), $"Cards were answered {string.Join(", ", answers.Select(answer => answer.Status).Distinct())}.");
        run.Must(answers.Where(answer => answer.Profile is not null).All(answer => answer.SaysWhen), "A card lacks a part and does not say when to ask again.");
    }

    private static async Task<IReadOnlyList<CardAnswer>> AskAsync(CardReader cards, Uri relay, int first, int count, CancellationToken cancellationToken)
    {
        var answers = new CardAnswer[count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, count),
            new ParallelOptions { MaxDegreeOfParallelism = ParallelAgents, CancellationToken = cancellationToken },
            async (number, token) => answers[number] = await cards.AskAsync(relay, first + number, token));
        return answers;
    }
}
