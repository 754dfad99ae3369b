using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Faults;

/// <summary>What a scenario works with: the processes, the webhooks it posts, and the comparison at its end.</summary>
internal sealed class FaultRun : IAsyncDisposable
{
    private const int MostMemory = 300;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly Ledger _ledger = new();
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly List<string> _failures = [];
    private readonly List<string> _measured = [];

    private FaultRun(FaultSize size)
    {
        Size = size;
        Queues = new QueueReader(Stack.Queues);
        Rows = new RowSender(Stack);
    }

    public FaultSize Size { get; }

    public RelayStack Stack { get; } = new();

    public SimulatorControl Simulator => Stack.Simulator;

    public QueueReader Queues { get; }

    public RowSender Rows { get; }

    /// <summary>Starts everything but the relay: Klaviyo with its limits, and a hold that a test can wait for.</summary>
    public static async Task<FaultRun> StartAsync(FaultSize size, CancellationToken cancellationToken)
    {
        var run = new FaultRun(size);
        run.Stack.Settings["Relay__DeadLetters__Hold"] = "00:00:03";
        await run.Stack.StartSurroundingsAsync(cancellationToken);
        await run.Simulator.SettingsAsync(new JsonObject { ["limits"] = true }, cancellationToken);
        return run;
    }

    public Task StartRelayAsync(CancellationToken cancellationToken, params (string Setting, string Value)[] settings)
    {
        foreach (var (setting, value) in settings)
        {
            Stack.Settings[setting] = value;
        }

        return Stack.StartRelayAsync(cancellationToken);
    }

    /// <summary>Stops the relay as a platform does, and starts it with other settings.</summary>
    public async Task RestartRelayAsync(CancellationToken cancellationToken, params (string Setting, string Value)[] settings)
    {
        await Stack.Relay.TerminateAsync(cancellationToken);
        await StartRelayAsync(cancellationToken, settings);
    }

    /// <summary>Queues the load's events while nothing takes them out, then starts the relay and the clock.</summary>
    public async Task StartWithQueuedAsync(ConversationLoad load, CancellationToken cancellationToken, params (string Setting, string Value)[] settings)
    {
        await load.SeedAsync(Simulator, cancellationToken);
        await StartRelayAsync(cancellationToken, [("AzureWebJobs.RelayConversationEvents.Disabled", "true"), .. settings]);
        await PostAsync(load, cancellationToken);
        await Stack.Relay.TerminateAsync(cancellationToken);
        _watch.Restart();
        await StartRelayAsync(cancellationToken, ("AzureWebJobs.RelayConversationEvents.Disabled", "false"));
    }

    /// <summary>Posts as a helpdesk does: what is not accepted is sent again.</summary>
    public Task PostAsync(ConversationLoad load, CancellationToken cancellationToken) => load.ForEachAsync(
        async (conversation, token) =>
        {
            while (await PostOnceAsync(conversation, token) != HttpStatusCode.Accepted)
            {
                await Task.Delay(Pause, token);
            }
        },
        cancellationToken);

    /// <summary>Notes an event whose webhook was accepted.</summary>
    public void Accepted(Conversation conversation)
    {
        _ledger.Tried(conversation);
        _ledger.Accepted(conversation);
    }

    /// <summary>Posts one webhook: its status, or null when nobody answered.</summary>
    public async Task<HttpStatusCode?> PostOnceAsync(Conversation conversation, CancellationToken cancellationToken)
    {
        _ledger.Tried(conversation);
        try
        {
            using var answer = await conversation.PostAsync(Stack.Webhooks, cancellationToken);
            if (answer.StatusCode == HttpStatusCode.Accepted)
            {
                _ledger.Accepted(conversation);
            }

            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>Waits until everything that was accepted is recorded and nothing waits, apart from what was refused.</summary>
    /// <param name="refused">How many events can't be recorded.</param>
    /// <param name="ofRows">How many events rows become.</param>
    public async Task SettleAsync(CancellationToken cancellationToken, int refused = 0, int ofRows = 0)
    {
        var (expected, recorded) = (_ledger.Posted - refused + ofRows, 0);
        var settled = await Eventually.WithinAsync(
            async () =>
            {
                await Task.Delay(Pause, cancellationToken);
                recorded = await Simulator.RecordedAsync(cancellationToken);
                // The queues are asked last: questions to Azurite cost more than all others.
                return recorded >= expected
                    && await Queues.CountAsync(QueueNames.ConversationEvents, cancellationToken) == 0
                    && await Queues.CountAsync(QueueNames.DeadLetterThrottled, cancellationToken) == 0;
            },
            Size.Patience,
            cancellationToken);
        _watch.Stop();
        if (!settled)
        {
            var events = await Queues.CountAsync(QueueNames.ConversationEvents, cancellationToken);
            var throttled = await Queues.CountAsync(QueueNames.DeadLetterThrottled, cancellationToken);
            Fail($"{recorded} of {expected} events were recorded after {Size.Patience.TotalSeconds:0} s; {events} messages wait in {QueueNames.ConversationEvents} and {throttled} in {QueueNames.DeadLetterThrottled}.");
        }
    }

    /// <summary>Notes a failure unless it holds.</summary>
    public void Must(bool holds, string otherwise)
    {
        if (!holds)
        {
            Fail(otherwise);
        }
    }

    public void Fail(string failure) => _failures.Add(failure);

    /// <summary>Notes a number for the table.</summary>
    public void Measured(string measured) => _measured.Add(measured);

    public double Seconds => _watch.Elapsed.TotalSeconds;

    /// <summary>Compares what was posted with what was recorded and what waits.</summary>
    public async Task<FaultOutcome> CompareAsync(Scenario scenario, CancellationToken cancellationToken)
    {
        _watch.Stop();
        var memory = (int)(Stack.Relays.Select(relay => relay.PeakMemory()).DefaultIfEmpty().Max() / (1024 * 1024));
        var all = await Simulator.EventsAsync(cancellationToken);
        IReadOnlyList<RecordedEvent> recorded = [.. all.Where(one => one.Metric != RowSender.Metric)];
        var lost = _ledger.Missing(recorded) == 0 ? 0 : _ledger.Lost(recorded, await WaitingAsync(cancellationToken));
        lost += Rows.Accepted - Rows.Ended.Settled;
        // Each event of a row is of an email of its own.
        var doubled = _ledger.Doubled(recorded) + all.Where(one => one.Metric == RowSender.Metric).CountBy(one => one.Email).Sum(email => email.Value - 1);
        var poison = await Queues.CountAsync($"{QueueNames.ConversationEvents}-poison", cancellationToken)
            + await Queues.CountAsync($"{QueueNames.Records}-poison", cancellationToken)
            + await Queues.CountAsync($"{QueueNames.DeadLetterThrottled}-poison", cancellationToken);
        Must(lost == 0, $"{lost} events or rows are lost.");
        Must(doubled == 0, $"{doubled} events were recorded more often than posted.");
        Must(poison == 0, $"{poison} messages were given up as poison.");
        Must(memory <= MostMemory, $"The relay had {memory} MB at its peak.");
        return new FaultOutcome
        {
            Name = scenario.Name,
            Fault = scenario.Fault,
            Posted = _ledger.Posted + Rows.Accepted,
            Recorded = recorded.Count + Rows.Ended.Loaded + Rows.Ended.WithoutResult,
            Lost = lost,
            Doubled = doubled,
            WaitingEvents = await Queues.CountAsync(QueueNames.ConversationEvents, cancellationToken),
            WaitingThrottled = await Queues.CountAsync(QueueNames.DeadLetterThrottled, cancellationToken),
            WaitingRejected = await Queues.CountAsync(QueueNames.DeadLetterRejected, cancellationToken),
            Seconds = Math.Round(Seconds, 1),
            PeakMemory = memory,
            Measured = string.Join(", ", _measured),
            Failures = [.. _failures.Concat(_failures.Count > 0 ? [$"Logs: {SaveLogs(scenario)}"] : Array.Empty<string>())],
        };
    }

    public ValueTask DisposeAsync()
    {
        Rows.Dispose();
        return Stack.DisposeAsync();
    }

    /// <summary>What is in the queues, once the relay has given back what it holds.</summary>
    private async Task<IReadOnlyList<Letter>> WaitingAsync(CancellationToken cancellationToken)
    {
        if (Stack.Relays is [.., { HasExited: false } relay])
        {
            await relay.TerminateAsync(cancellationToken);
        }

        return
        [
            .. await Queues.ReadAsync(QueueNames.ConversationEvents, cancellationToken),
            .. await Queues.ReadAsync(QueueNames.DeadLetterThrottled, cancellationToken),
            .. await Queues.ReadAsync(QueueNames.DeadLetterRejected, cancellationToken),
        ];
    }

    private string SaveLogs(Scenario scenario)
    {
        var path = Repository.PathOf($"TestResults/faults/{scenario.Name}.log");
        Directory.CreateDirectory(Path.GetDirectoryName(path) ?? Repository.Root);
        File.WriteAllText(path, Stack.Logs);
        return Path.GetRelativePath(Repository.Root, path);
    }
}
