using KlaviyoRelay.Core;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Worlds.Brokers;
using KlaviyoRelay.Worlds.Plans;

namespace KlaviyoRelay.Worlds.Helpdesks;

/// <summary>A person who releases, redrives and purges letters, as the command line does it: sends first and deletes then, and may be cut off between.</summary>
internal sealed class Operator(World world)
{
    private static readonly DeadLetterReason[] Useless = [DeadLetterReason.Invalid, DeadLetterReason.CustomerNotFound];

    /// <summary>Messages that the relay can't read. It has to keep them.</summary>
    public List<string> Unreadable { get; } = [];

    public void Do(Act act)
    {
        world.Story.Tell($"An operator: {act.Kind}");
        switch (act.Kind)
        {
            case ActKind.Release:
                Move(world.Broker.Throttled, _ => true, MessageWriter.ToReleased);
                break;
            case ActKind.Redrive:
                Move(world.Broker.Rejected, _ => true, MessageWriter.ToRedriven);
                break;
            case ActKind.Purge:
                Purge();
                break;
            case ActKind.Unreadable:
                Unreadable.Add($$"""{"version":3,"kind":"of-a-later-relay","number":{{act.Detail}}}""");
                world.Broker.Events.Send(new QueueMessage($"unreadable-{act.Detail}", Names.Main, Unreadable[^1]));
                break;
            case ActKind.Repeat:
                world.Senders.Repeat(act.Detail);
                break;
            default:
                _ = world.Senders.ForgeAsync(act.Detail);
                break;
        }
    }

    /// <summary>Redrives what may succeed now; false when there is nothing.</summary>
    public bool RedriveUseful() => Move(world.Broker.Rejected, letter => !Useless.Contains(letter.Reason), MessageWriter.ToRedriven);

    private bool Move(BrokerQueue queue, Func<DeadLetter, bool> which, Func<DeadLetter, Place> to)
    {
        var hasMoved = false;
        foreach (var message in queue.Messages.ToList())
        {
            if (RelayWork.Reader.ReadLetter(message.Sent.Body) is not { } letter || !which(letter))
            {
                continue;
            }

            var place = to(letter);
            world.Letters.Sent(place.Queue, place.Message);
            world.Broker.Of(place.Queue).Send(place.Message);
            hasMoved = true;
            if (!world.Dice.Chance(0.05) || world.Weather.IsCalmFor(TimeSpan.FromMinutes(1)))
            {
                queue.Remove(message);
            }
        }

        return hasMoved;
    }

    private void Purge()
    {
        foreach (var message in world.Broker.Rejected.Messages.ToList())
        {
            if (RelayWork.Reader.ReadLetter(message.Sent.Body) is { } letter && Useless.Contains(letter.Reason) && world.Broker.Rejected.Remove(message))
            {
                world.Letters.Purged.Add(letter);
            }
        }
    }
}
