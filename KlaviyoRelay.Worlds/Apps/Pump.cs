using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Worlds.Brokers;
using KlaviyoRelay.Worlds.Plans;
using KlaviyoRelay.Worlds.Rules;

namespace KlaviyoRelay.Worlds.Apps;

/// <summary>
/// The Functions host's trigger of one queue in one instance: one batch at a time; it completes a batch whose function
/// succeeds and abandons one whose function throws. It keeps a session until the function releases it, or nothing comes.
/// </summary>
internal sealed class Pump(World world, Instance instance, BrokerQueue queue, Func<IReadOnlyList<string>, Action, CancellationToken, Task> function)
{
    // host.json: maxMessageBatchSize and sessionIdleTimeout.
    private const int MostMessages = 400;
    private static readonly TimeSpan IdleTime = TimeSpan.FromMilliseconds(100);

    private bool _isBusy;

    /// <summary>When the function that runs began; null when none runs.</summary>
    public TimeSpan? BatchBegun { get; private set; }

    public void Wake()
    {
        if (!_isBusy && instance.IsTaking)
        {
            _isBusy = true;
            world.Timeline.After(world.Dice.Milliseconds(5, 60), Take);
        }
    }

    private void Take()
    {
        _isBusy = false;
        if (!instance.IsTaking)
        {
            return;
        }

        if (world.Weather.Meets(TroubleKind.QueueAway, queue.Name) is not null)
        {
            _isBusy = true;
            world.Timeline.After(TimeSpan.FromSeconds(1), Take);
        }
        else if (queue.Accept(instance.Process) is { } session)
        {
            _isBusy = true;
            _ = RunAsync(session);
        }
    }

    private async Task RunAsync(SessionLock session)
    {
        try
        {
            var isReleased = false;
            while (!isReleased && instance.IsTaking && session.Receive(MostMessages) is { Count: > 0 } batch)
            {
                world.Hands.Take(queue.Name, session);
                isReleased = await RunAsync(session, batch);
                if (!isReleased)
                {
                    await instance.WaitAsync(IdleTime);
                }
            }

            session.Release();
        }
        finally
        {
            _isBusy = false;
            Wake();
        }
    }

    /// <summary>Whether the function has released the session.</summary>
    private async Task<bool> RunAsync(SessionLock session, IReadOnlyList<BrokerMessage> batch)
    {
        var isReleased = false;
        world.Story.Tell($"{instance.Name} takes {batch.Count} message(s) of {queue.Name} {session.Session}");
        var begun = world.Now;
        BatchBegun = begun;
        IReadOnlyList<string> bodies = [.. batch.Select(message => message.Sent.Body)];
        var failure = await TryAsync(bodies, () => isReleased = true);
        BatchBegun = null;
        world.Hands.Give(queue.Name, session);
        if (failure is not null)
        {
            world.Story.Tell($"{instance.Name} fails on {queue.Name} {session.Session}: {failure.GetType().Name}");
            session.Abandon();
            return isReleased;
        }

        if (queue.Name == QueueNames.ConversationEvents)
        {
            world.Turns.Check(bodies, begun);
        }

        if (world.Weather.Meets(TroubleKind.CompletesLost, queue.Name) is not null)
        {
            world.Story.Tell($"{queue.Name} does not learn that the batch is complete");
        }
        else if (!session.Complete())
        {
            world.Story.Tell($"{instance.Name} has lost its lock on {queue.Name} {session.Session}");
        }

        return isReleased;
    }

#pragma warning disable CA1031 // The host takes whatever a function throws for its failure.
    private async Task<Exception?> TryAsync(IReadOnlyList<string> bodies, Action release)
    {
        try
        {
            await function(bodies, release, instance.Stopping);
            return null;
        }
        catch (Exception exception)
        {
            if (exception is not (QueueUnavailableException or UnreadableMessagesException) && !(exception is OperationCanceledException && instance.Stopping.IsCancellationRequested))
            {
                world.Violate(RuleNames.Bug, $"A batch of {queue.Name} failed: {exception.GetType().Name}: {exception.Message} {exception.StackTrace?.Split('\n').FirstOrDefault()?.Trim()}");
            }

            return exception;
        }
    }
#pragma warning restore CA1031
}
