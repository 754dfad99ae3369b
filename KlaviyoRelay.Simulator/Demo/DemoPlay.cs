using KlaviyoRelay.Simulator.Helpdesks;

namespace KlaviyoRelay.Simulator.Demo;

/// <summary>Posts a story of webhooks to the relay, and looks at what came of it.</summary>
internal sealed class DemoPlay(DemoAddresses addresses, DemoSettings settings, DemoProgress progress, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    // A step that is not recorded by then shows at the end.
    private static readonly TimeSpan PatienceWithAStep = TimeSpan.FromSeconds(5);

    public async Task<DemoResult> RunAsync(CancellationToken cancellationToken)
    {
        // The relay and the simulator are on this machine, where a proxy can't reach them.
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience };
        var simulator = new SimulatorClient(http, addresses.Simulator);
        var customers = await simulator.AddressesAsync(cancellationToken);
        if (!settings.KlaviyoBaseAddress.IsLoopback && !customers.AreOwn)
        {
            throw new SimulatorSetupException(MadeUpCustomers.Why(settings.KlaviyoBaseAddress));
        }

        var before = await simulator.SequenceAsync(cancellationToken);
        var started = time.GetUtcNow();
        var run = new DemoRun(started);
        DemoStep[] story =
        [
            .. new GladlyStory(run, customers).Steps(),
            .. new KustomerStory(run, customers, settings.KustomerProfileProperty).Steps(),
        ];
        var sender = new WebhookSender(http, addresses.Relay, settings);
        return await progress.RunAsync(async meter =>
        {
            var answers = await PostAsync(story, simulator, sender, before, meter, cancellationToken);
            if (!answers.All(answer => answer.IsExpected) || !IsSimulator(settings.KlaviyoBaseAddress))
            {
                return new DemoResult { Klaviyo = settings.KlaviyoBaseAddress, Answers = answers, Comparison = null };
            }

            var comparison = await WaitAsync(simulator, before, [.. story.SelectMany(step => step.Expected)], meter, cancellationToken);
            var flow = await PlayFlowAsync(http, customers, cancellationToken);
            await CloseAsync(story, simulator, cancellationToken);
            var rows = await SendRowsAsync(new RowsSender(http, addresses.Relay, settings, time), run, meter, cancellationToken);
            var insight = settings.HasCard ? await new InsightStory(http, addresses, settings, simulator).AskAsync(customers.Of(InsightStory.Customer)[0], started, cancellationToken) : null;
            var campaign = await new CampaignStory(http, addresses, settings, time).TellAsync(run, cancellationToken);
            return new DemoResult { Klaviyo = settings.KlaviyoBaseAddress, Answers = answers, Comparison = comparison, Rows = rows, Insight = insight, Flow = flow, Campaign = campaign };
        });
    }

    /// <summary>Of the customer whose conversation is open at the end of the story. Where Kustomer sets no property, the filter is another one.</summary>
    private async Task<FlowAnswer?> PlayFlowAsync(HttpClient http, SeededAddresses customers, CancellationToken cancellationToken) =>
        settings is { Account: { } account, KlaviyoKey: { } key, KustomerProfileProperty: { } kustomer }
            ? await new FlowStory(http, addresses, account, key, [GladlyStory.Property, kustomer]).PlayAsync(customers.Of(GladlyStory.StaysOpen)[0], cancellationToken)
            : null;

    private async Task<IReadOnlyList<DemoAnswer>> PostAsync(
        DemoStep[] story, SimulatorClient simulator, WebhookSender sender, long before, IDemoMeter meter, CancellationToken cancellationToken)
    {
        var answers = new List<DemoAnswer>();
        foreach (var step in story)
        {
            await simulator.PutConversationAsync(step, cancellationToken);
            answers.Add(new DemoAnswer(step, await sender.PostAsync(step, cancellationToken)));
            meter.Sent(answers.Count, story.Length);
            if (answers[^1].IsExpected && IsSimulator(settings.KlaviyoBaseAddress))
            {
                await WaitForStepAsync(simulator, before, [.. story.Take(answers.Count).SelectMany(one => one.Expected)], cancellationToken);
            }
        }

        return answers;
    }

    /// <summary>The orders are of people whom the first rows make known.</summary>
    private async Task<IReadOnlyList<RowsAnswer>> SendRowsAsync(RowsSender sender, DemoRun run, IDemoMeter meter, CancellationToken cancellationToken)
    {
        var answers = new List<RowsAnswer>();
        var steps = new RowsStory(time.GetUtcNow()).Steps;
        if (!steps.All(step => settings.HasSync(step.Sync)))
        {
            return answers;
        }

        foreach (var step in steps)
        {
            answers.Add(await sender.SendAsync(step, run.Name, cancellationToken));
            meter.Accounted(answers.Sum(answer => answer.Found.GetValueOrDefault("read") - answer.Found.GetValueOrDefault("held")), steps.Sum(one => one.Count));
        }

        return answers;
    }

    /// <summary>The profile property says what is true when it is written, so the next thing happens after that.</summary>
    private async Task WaitForStepAsync(SimulatorClient simulator, long before, IReadOnlyList<ExpectedEvent> expected, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (new Comparison(expected, await simulator.RecordedAsync(before, cancellationToken)).Rows.Any(row => row.Recorded.Count == 0)
            && time.GetElapsedTime(started) < PatienceWithAStep)
        {
            await Task.Delay(Pause / 4, time, cancellationToken);
        }
    }

    private async Task<Comparison> WaitAsync(
        SimulatorClient simulator, long before, IReadOnlyList<ExpectedEvent> expected, IDemoMeter meter, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var comparison = new Comparison(expected, []);
        while (!comparison.IsComplete && time.GetElapsedTime(started) < Patience)
        {
            await Task.Delay(Pause, time, cancellationToken);
            comparison = new Comparison(expected, await simulator.RecordedAsync(before, cancellationToken));
            meter.Recorded(comparison.Rows.Count(row => row.Recorded.Count > 0), expected.Count);
        }

        // A doubled event comes last; give it a moment to show.
        await Task.Delay(Pause * 5, time, cancellationToken);
        return new Comparison(expected, await simulator.RecordedAsync(before, cancellationToken));
    }

    /// <summary>What stays open would count in the next run: the profile property says whether a customer has any open conversation.</summary>
    private static async Task CloseAsync(DemoStep[] story, SimulatorClient simulator, CancellationToken cancellationToken)
    {
        foreach (var step in story.Where(step => step.Conversation?.Status == "OPEN").DistinctBy(step => step.Conversation?.Id))
        {
            await simulator.PutConversationAsync(step with { Conversation = (step.Conversation?.Id ?? "", "CLOSED") }, cancellationToken);
        }
    }

    // localhost and 127.0.0.1 are the same computer.
    private bool IsSimulator(Uri address) =>
        address.Port == addresses.Simulator.Port
        && (address.Host == addresses.Simulator.Host || (address.IsLoopback && addresses.Simulator.IsLoopback));
}
