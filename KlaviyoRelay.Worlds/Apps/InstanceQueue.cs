using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Worlds.Plans;

namespace KlaviyoRelay.Worlds.Apps;

/// <summary>One instance's way to the queues.</summary>
internal sealed class InstanceQueue(World world, Io io) : IEventQueue
{
    public async Task SendAsync(string queue, IReadOnlyList<QueueMessage> messages, CancellationToken cancellationToken)
    {
        var isAway = world.Weather.Meets(TroubleKind.QueueAway, queue) is not null || world.Weather.Meets(TroubleKind.QueueFull, queue) is not null;
        var isLost = world.Weather.Meets(TroubleKind.QueueAnswersLost, queue) is not null;
        var there = isAway ? world.Dice.Milliseconds(5, 8000) : world.Dice.Milliseconds(2, 20);
        var (refusal, accepted) = await io.DoAsync($"sends {messages.Count} message(s) to {queue}", there, world.Dice.Milliseconds(2, 20), () =>
        {
            if (isAway)
            {
                // Several packets: some may have arrived.
                var taken = messages.Count > 1 && world.Dice.Chance(0.3) ? world.Dice.Below(messages.Count) : 0;
                Send(queue, messages.Take(taken));
                return ($"{queue} does not take it.", taken);
            }

            Send(queue, messages);
            return isLost ? ($"{queue} did not answer.", 0) : ((string?)null, messages.Count);
        }, cancellationToken);
        if (refusal is not null)
        {
            world.Story.Tell($"{queue} refuses all but {accepted}");
            throw new QueueUnavailableException(refusal) { Accepted = accepted };
        }
    }

    public Task CheckAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Send(string queue, IEnumerable<QueueMessage> messages)
    {
        var sent = messages.ToList();
        world.Turns.Sent(queue, sent);
        foreach (var message in sent)
        {
            world.Letters.Sent(queue, message);
            if (!world.Broker.Of(queue).Send(message))
            {
                world.Story.Tell($"{queue} drops a repeat");
            }
        }
    }
}
