using System.Globalization;
using Spectre.Console;

namespace KlaviyoRelay.Simulator.Demo;

/// <summary>The verb <c>demo</c>: a story of webhooks to the relay, and a look at what came of it.</summary>
internal sealed class DemoCommand(DemoOptions options, DemoSettings settings, IAnsiConsole console, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly DemoReport _report = new(console);

    public static Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        var settings = DemoSettings.Load(Directory.GetCurrentDirectory(), Environment.GetEnvironmentVariable);
        var console = AnsiConsole.Console;
        if (Console.IsOutputRedirected)
        {
            // A pipe has no colours and no width; 80 columns would break the tables.
            console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors });
            console.Profile.Width = 150;
        }

        return new DemoCommand(DemoOptions.Parse(args), settings, console, TimeProvider.System).RunAsync(cancellationToken);
    }

    /// <summary>0 when every event was recorded exactly once and nothing else was.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = Patience };
        var simulator = new SimulatorClient(http, options.Simulator);
        var addresses = await simulator.AddressesAsync(cancellationToken);
        var before = await simulator.SequenceAsync(cancellationToken);
        var run = new DemoRun(time.GetUtcNow());
        DemoStep[] story =
        [
            .. new GladlyStory(run, addresses).Steps(),
            .. new KustomerStory(run, addresses, settings.KustomerProfileProperty).Steps(),
        ];

        var answers = await PostAsync(story, simulator, new WebhookSender(http, options.Relay, settings), cancellationToken);
        _report.ShowWebhooks(answers);
        if (answers.Count(answer => !answer.IsExpected) is > 0 and var refused)
        {
            _report.Say(string.Create(
                CultureInfo.InvariantCulture,
                $"{refused} webhooks were not answered as expected. After a 401, check that the relay and this demo read the same settings."));
            return 1;
        }

        if (!IsSimulator(settings.KlaviyoBaseAddress))
        {
            _report.Say($"The relay sends to {settings.KlaviyoBaseAddress}, not to the simulator, so there is nothing to compare here: look in Klaviyo.");
            return 0;
        }

        return Judge(await WaitAsync(simulator, before, [.. story.SelectMany(step => step.Expected)], cancellationToken));
    }

    private static async Task<IReadOnlyList<DemoAnswer>> PostAsync(
        IEnumerable<DemoStep> story, SimulatorClient simulator, WebhookSender sender, CancellationToken cancellationToken)
    {
        var answers = new List<DemoAnswer>();
        foreach (var step in story)
        {
            await simulator.PutConversationAsync(step, cancellationToken);
            answers.Add(new DemoAnswer(step, await sender.PostAsync(step, cancellationToken)));
        }

        return answers;
    }

    private async Task<Comparison> WaitAsync(
        SimulatorClient simulator, long before, IReadOnlyList<ExpectedEvent> expected, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var comparison = new Comparison(expected, []);
        while (!comparison.IsComplete && time.GetElapsedTime(started) < Patience)
        {
            await Task.Delay(Pause, time, cancellationToken);
            comparison = new Comparison(expected, await simulator.RecordedAsync(before, cancellationToken));
        }

        // A doubled event comes last; give it a moment to show.
        await Task.Delay(Pause * 5, time, cancellationToken);
        return new Comparison(expected, await simulator.RecordedAsync(before, cancellationToken));
    }

    private int Judge(Comparison comparison)
    {
        _report.ShowRecorded(comparison);
        if (comparison.IsGood)
        {
            _report.Say(string.Create(CultureInfo.InvariantCulture, $"All {comparison.Rows.Count} events were recorded exactly once."));
            return 0;
        }

        foreach (var row in comparison.Rows.Where(row => row.Problem is not null))
        {
            _report.Say($"'{row.Expected.Metric}' for {row.Expected.Email}: {row.Problem}.");
        }

        foreach (var one in comparison.Unexpected)
        {
            _report.Say($"'{one.Metric}' for {one.Email}: not expected.");
        }

        return 1;
    }

    // localhost and 127.0.0.1 are the same computer.
    private bool IsSimulator(Uri address) =>
        address.Port == options.Simulator.Port
        && (address.Host == options.Simulator.Host || (address.IsLoopback && options.Simulator.IsLoopback));
}
