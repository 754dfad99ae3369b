using System.Threading.Channels;
using Azure.Core.Pipeline;
using Azure.Storage.Queues;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Faults.Processes;
using KlaviyoRelay.LocalHost.Azurite;
using KlaviyoRelay.LocalHost.Queues;
using KlaviyoRelay.LocalHost.Settings;
using KlaviyoRelay.Tests.Cli;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace KlaviyoRelay.Tests.LocalHost.Queues;

/// <summary>The pump against a queue in memory. Time goes on only when a test says so.</summary>
public sealed class QueuePumpTests : IAsyncDisposable
{
    private const string Queue = "work";
    private const int BatchSize = 2;

    private static readonly LocalHostOptions Options = new();

    // What never comes ends a test.
    private readonly CancellationTokenSource _patience = new(Eventually.Patience);
    private readonly WatchedClock _clock = new(TestClock.Start);
    private readonly LogCapture _logs = new();
    private readonly Channel<Call> _calls = Channel.CreateUnbounded<Call>();
    private readonly FakeQueueStorage _storage;
    private readonly AzuriteQueueClient _client;
    private readonly AzuriteQueue _sender;
    private readonly QueuePump _pump;
    private readonly ILoggerFactory _loggers;

    public QueuePumpTests()
    {
        _storage = new FakeQueueStorage(_clock);
        var options = new QueueClientOptions { Transport = new HttpClientTransport(new HttpClient(_storage)), Retry = { MaxRetries = 0 } };
        _client = new AzuriteQueueClient(new QueueServiceClient("UseDevelopmentStorage=true", options), _clock);
        var signals = new QueueSignals(_clock);
        _sender = new AzuriteQueue(_client, new HeldIndex(_client, NullLogger<HeldIndex>.Instance), signals, _clock);
        _loggers = LoggerFactory.Create(logging => logging.AddProvider(_logs));
        _pump = new QueuePump(
            new QueueFunction("Some", Queue, HasSessions: true, RunAsync), Queue, _client, signals, new HostJson("api", BatchSize), Options, _clock, _loggers.CreateLogger<QueuePump>());
    }

    private CancellationToken Cancellation => _patience.Token;

    public async ValueTask DisposeAsync()
    {
        var stop = _pump.StopAsync(CancellationToken.None);
        await PassUntilAsync(() => stop.IsCompleted);
        _pump.Dispose();
        _loggers.Dispose();
        _storage.Dispose();
        _patience.Dispose();
    }

    [Fact]
    public async Task Session_has_one_batch_in_flight_and_another_session_does_not_wait_for_it()
    {
        await SendAsync(("main", "1"), ("main", "2"), ("main", "3"));
        await _pump.StartAsync(Cancellation);

        var first = await NextAsync();
        first.Messages.ShouldBe(["1", "2"]);
        await SendAsync(("second", "a"));
        var second = await NextAsync();
        second.Messages.ShouldBe(["a"]);
        // Both are at work, and the third of the first session is held.
        _calls.Reader.TryPeek(out _).ShouldBeFalse();

        first.End();
        (await NextAsync()).Messages.ShouldBe(["3"]);
    }

    [Fact]
    public async Task Batch_that_was_handled_is_deleted()
    {
        await SendAsync(("main", "1"), ("main", "2"));
        await _pump.StartAsync(Cancellation);

        (await NextAsync()).End();

        await PassUntilAsync(() => _storage.Of(Queue).Count == 0);
    }

    [Fact]
    public async Task Batch_that_failed_comes_again_as_a_whole_and_before_what_came_after_it()
    {
        await SendAsync(("main", "1"), ("main", "2"), ("main", "3"), ("main", "4"));
        await _pump.StartAsync(Cancellation);

        (await NextAsync()).Fail();
        var again = await PassUntilNextAsync();
        again.Messages.ShouldBe(["1", "2"]);
        again.End();
        (await NextAsync()).Messages.ShouldBe(["3", "4"]);

        _logs.At(LogLevel.Error).ShouldHaveSingleItem().ShouldContain("Some failed with a batch of 2 message(s)");
    }

    [Fact]
    public async Task Messages_stay_locked_for_as_long_as_their_batch_runs()
    {
        await SendAsync(("main", "1"), ("main", "2"), ("main", "3"));
        await _pump.StartAsync(Cancellation);
        var call = await NextAsync();

        // Four times the lock's length.
        for (var step = 0; step < 16; step++)
        {
            _clock.Advance(Options.Lock / 4);
            await HoldsAsync(() => _storage.Of(Queue).All(message => message.VisibleAt - _clock.GetUtcNow() > Options.Lock / 4));
        }

        _calls.Reader.TryPeek(out _).ShouldBeFalse();
        call.End();
        (await NextAsync()).Messages.ShouldBe(["3"]);
    }

    [Fact]
    public async Task Stop_lets_the_running_batch_finish_and_gives_back_what_waits()
    {
        await SendAsync(("main", "1"), ("main", "2"), ("main", "3"));
        await _pump.StartAsync(Cancellation);
        var call = await NextAsync();

        var stop = _pump.StopAsync(CancellationToken.None);
        call.End();
        await stop;

        var left = _storage.Of(Queue).ShouldHaveSingleItem();
        QueueEnvelope.Decode(left.Text).Body.ShouldBe("3");
        left.VisibleAt.ShouldBe(_clock.GetUtcNow());
    }

    [Fact]
    public async Task Stop_gives_back_a_batch_that_waits_to_run_again()
    {
        await SendAsync(("main", "1"), ("main", "2"), ("main", "3"));
        await _pump.StartAsync(Cancellation);
        (await NextAsync()).Fail();

        await _pump.StopAsync(CancellationToken.None);

        _storage.Of(Queue).Select(message => QueueEnvelope.Decode(message.Text).Body).ShouldBe(["1", "2", "3"]);
        _storage.Of(Queue).ShouldAllBe(message => message.VisibleAt <= _clock.GetUtcNow());
    }

    [Fact]
    public async Task Stop_cancels_a_batch_that_takes_too_long_and_gives_it_back()
    {
        await SendAsync(("main", "1"), ("main", "2"));
        await _pump.StartAsync(Cancellation);
        var call = await NextAsync();

        var stop = _pump.StopAsync(CancellationToken.None);
        _clock.Advance(TimeSpan.FromSeconds(10));
        call.IsCancelled.ShouldBeFalse();
        await PassUntilAsync(() => stop.IsCompleted);

        call.IsCancelled.ShouldBeTrue();
        _storage.Of(Queue).Count.ShouldBe(2);
        _storage.Of(Queue).ShouldAllBe(message => message.VisibleAt <= _clock.GetUtcNow());
        _logs.At(LogLevel.Error).ShouldBeEmpty();
    }

    [Fact]
    public async Task Pump_goes_on_after_an_outage_and_on_a_storage_that_is_new()
    {
        _storage.Fails = _ => true;
        await _pump.StartAsync(Cancellation);
        await HoldsAsync(() => _logs.At(LogLevel.Warning).Count > 0);
        _logs.At(LogLevel.Warning)[0].ShouldStartWith($"Can't receive from {Queue}:");

        _storage.Fails = _ => false;
        await PassUntilAsync(() => _storage.Has(Queue));
        await SendAsync(("main", "1"));

        (await PassUntilNextAsync()).Messages.ShouldBe(["1"]);
    }

    [Fact]
    public async Task Message_that_another_process_sent_is_found_by_the_next_poll()
    {
        await _pump.StartAsync(Cancellation);
        await HoldsAsync(() => _storage.Has(Queue));
        await _client.PutAsync(Queue, new QueueEnvelope("1", "main", "1").Encode(), TimeSpan.Zero, Cancellation);

        (await PassUntilNextAsync()).Messages.ShouldBe(["1"]);
    }

    private Task SendAsync(params (string Session, string Body)[] messages) =>
        _sender.SendAsync(Queue, [.. messages.Select(message => new QueueMessage(message.Body, message.Session, message.Body))], Cancellation);

    private async Task RunAsync(string[] messages, CancellationToken cancellationToken)
    {
        var call = new Call(messages, cancellationToken);
        await _calls.Writer.WriteAsync(call, CancellationToken.None);
        await call.Ended.WaitAsync(cancellationToken);
    }

    private async Task<Call> NextAsync() => await _calls.Reader.ReadAsync(Cancellation);

    private async Task<Call> PassUntilNextAsync()
    {
        await PassUntilAsync(() => _calls.Reader.TryPeek(out _));
        return await NextAsync();
    }

    /// <summary>Lets time go on, a moment at a time.</summary>
    private async Task PassUntilAsync(Func<bool> holds)
    {
        while (!holds())
        {
            Cancellation.ThrowIfCancellationRequested();
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            await Task.Yield();
        }
    }

    /// <summary>Waits while time stands still.</summary>
    private async Task HoldsAsync(Func<bool> holds)
    {
        while (!holds())
        {
            Cancellation.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>A run of the function, which ends when the test says so.</summary>
    private sealed class Call(string[] messages, CancellationToken cancellation)
    {
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string[] Messages { get; } = messages;

        public bool IsCancelled => cancellation.IsCancellationRequested;

        public Task Ended => _ended.Task;

        public void End() => _ended.SetResult();

        public void Fail() => _ended.SetException(new InvalidOperationException("It failed."));
    }
}
