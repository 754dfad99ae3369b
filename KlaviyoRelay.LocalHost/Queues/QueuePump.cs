using KlaviyoRelay.Core.Work;
using KlaviyoRelay.LocalHost.Azurite;
using KlaviyoRelay.LocalHost.Settings;

namespace KlaviyoRelay.LocalHost.Queues;

/// <summary>
/// Runs a queue function as a Service Bus trigger would, with what one Azurite queue holds: batches of one session, one
/// in flight per session; a batch is completed when the function returns and runs again as a whole when it throws.
/// </summary>
internal sealed partial class QueuePump(
    QueueFunction function, string queue, AzuriteQueueClient client, QueueSignals signals, HostJson hostJson, LocalHostOptions options, TimeProvider clock, ILogger<QueuePump> logger)
    : BackgroundService
{
    // The host ends a stop after 30 s; this leaves time to give the rest back.
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(22);

    private static readonly TimeSpan OutageDelay = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan RedeliveryDelay = TimeSpan.FromSeconds(1);

    private readonly SessionBoard _board = new(hostJson.MaxMessageBatchSize);
    private readonly MessageSettlement _settlement = new(client, queue, $"{function.Queue}-poison", logger);
    private readonly CancellationTokenSource _abort = new(Timeout.InfiniteTimeSpan, clock);

    // One batch running and the next one ready.
    private bool HasRoom => _board.Held < 2 * hostJson.MaxMessageBatchSize;

    public override void Dispose()
    {
        _abort.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var renewing = new CancellationTokenSource();
        var renewal = RenewLocksAsync(renewing.Token);
        var running = new HashSet<Task>();
        try
        {
            await CreateQueueAsync(stoppingToken);
            await PumpAsync(running, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await DrainAsync(running);
        }
        finally
        {
            await renewing.CancelAsync();
            await renewal;
        }
    }

    private async Task PumpAsync(HashSet<Task> running, CancellationToken stoppingToken)
    {
        while (true)
        {
            var received = await ReceiveAsync(stoppingToken);
            if (received == AzuriteQueueClient.MaxMessages && HasRoom && !_board.HasFullBatch)
            {
                // More is waiting: fill the batches first.
                continue;
            }

            running.RemoveWhere(task => task.IsCompleted);
            running.UnionWith(_board.Take(clock.SteadyNow()).Select(batch => RunAsync(batch, stoppingToken)));
            if (received == 0)
            {
                await signals.WaitAsync(queue, options.PollInterval, stoppingToken);
            }
        }
    }

    /// <summary>Receives once; 0 also when enough is held, or after a wait when the queue can't be reached.</summary>
    private async Task<int> ReceiveAsync(CancellationToken stoppingToken)
    {
        stoppingToken.ThrowIfCancellationRequested();
        if (!HasRoom)
        {
            return 0;
        }

        try
        {
            var messages = await client.GetAsync(queue, options.Lock, stoppingToken);
            foreach (var message in messages)
            {
                var home = SessionQueues.NameOf(function.Queue, message.Envelope.SessionId);
                if (home != queue)
                {
                    await MoveAsync(message, home, stoppingToken);
                }
                else
                {
                    _board.Add(message, function.HasSessions ? message.Envelope.SessionId : "");
                }
            }

            return messages.Count;
        }
        catch (QueueUnavailableException exception)
        {
            Log.Unreachable(logger, queue, exception.Message);
            await Task.Delay(OutageDelay, clock, stoppingToken);
            // A storage that comes back may be a new one.
            await CreateQueueAsync(stoppingToken);
            return 0;
        }
    }

    /// <summary>What a command line put on the queue itself goes to its account's, where it has its place in the order.</summary>
    private async Task MoveAsync(ReceivedMessage message, string home, CancellationToken stoppingToken)
    {
        await client.PutAsync(home, message.Text, TimeSpan.Zero, stoppingToken);
        await client.DeleteAsync(queue, message, CancellationToken.None);
        signals.Sent(home);
    }

    private async Task CreateQueueAsync(CancellationToken stoppingToken)
    {
        try
        {
            await client.CreateAsync(queue, stoppingToken);
        }
        catch (QueueUnavailableException)
        {
            // Unreachable; the next receive says so.
        }
    }

    private async Task RunAsync(SessionBatch batch, CancellationToken stoppingToken)
    {
        try
        {
            await function.RunAsync([.. batch.Messages.Select(message => message.Envelope.Body)], _abort.Token);
            await _settlement.CompleteAsync(batch.Messages);
        }
        catch (OperationCanceledException) when (_abort.IsCancellationRequested)
        {
            await _settlement.ReleaseAsync(batch.Messages);
        }
        catch (Exception exception)
        {
            Log.Failed(logger, function.Name, batch.Messages.Count, exception);
            await _settlement.CountFailureAsync(batch.Messages);
            await Task.Delay(RedeliveryDelay, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            // It stays here with its locks: given back one by one, its messages could come in another order.
            _board.PutBack(batch);
        }
        finally
        {
            _board.Complete(batch);
            signals.Sent(queue);
        }
    }

    private async Task RenewLocksAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(options.Lock / 4, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                var soon = clock.SteadyNow() + (options.Lock / 2);
                await _settlement.RenewAsync(_board.All().Where(message => message.LockedUntil < soon), options.Lock);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The pump has stopped.
        }
    }

    /// <summary>Lets the running batches finish; what takes too long is cancelled, and everything left is given back.</summary>
    private async Task DrainAsync(HashSet<Task> running)
    {
        _abort.CancelAfter(DrainTime);
        await Task.WhenAll(running);
        await _settlement.ReleaseAsync(_board.All());
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "Can't receive from {Queue}: {Reason}")]
        public static partial void Unreachable(ILogger logger, string queue, string reason);

        [LoggerMessage(EventId = 2, Level = LogLevel.Error, Message = "{Function} failed with a batch of {Count} message(s); they are delivered again.")]
        public static partial void Failed(ILogger logger, string function, int count, Exception exception);
    }
}

/// <summary>A function that handles batches of a queue's message bodies; with sessions, one batch of a session at a time.</summary>
internal sealed record QueueFunction(string Name, string Queue, bool HasSessions, Func<string[], CancellationToken, Task> RunAsync);
