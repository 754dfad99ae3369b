using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Worlds.Brokers;
using KlaviyoRelay.Worlds.Time;

namespace KlaviyoRelay.Tests.Worlds;

public sealed class BrokerQueueTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 12, 0, 0, 0, TimeSpan.Zero);

    private readonly Timeline _timeline = new(Start);
    private readonly BrokerQueue _queue;

    public BrokerQueueTests() => _queue = new BrokerQueue(QueueNames.ConversationEvents, QueueRules.Sessions, _timeline);

    [Fact]
    public void Session_is_one_receivers_until_its_lock_ends()
    {
        _queue.Send(Message("a"));
        var first = _queue.Accept("one").ShouldNotBeNull();
        first.Receive(10).Count.ShouldBe(1);
        _queue.Send(Message("b"));

        _queue.Accept("two").ShouldBeNull();
        Pass(BrokerQueue.LockTime);
        var second = _queue.Accept("two").ShouldNotBeNull();

        first.Complete().ShouldBeFalse();
        second.Receive(10).Select(message => message.Sent.MessageId).ShouldBe(["a", "b"]);
    }

    [Fact]
    public void Repeat_is_dropped_within_two_hours()
    {
        _queue.Send(Message("a")).ShouldBeTrue();
        Pass(TimeSpan.FromMinutes(119));
        _queue.Send(Message("a")).ShouldBeFalse();
        Pass(TimeSpan.FromMinutes(2));

        _queue.Send(Message("a")).ShouldBeTrue();
    }

    [Fact]
    public void Message_for_later_is_shown_at_its_time()
    {
        _queue.Send(Message("a") with { NotBefore = Start.AddMinutes(5) });

        Pass(TimeSpan.FromMinutes(4));
        _queue.Accept("one").ShouldBeNull();
        Pass(TimeSpan.FromMinutes(1));

        _queue.Accept("one").ShouldNotBeNull();
    }

    [Fact]
    public void Message_that_was_delivered_ten_times_is_put_away()
    {
        _queue.Send(Message("a"));

        for (var delivery = 0; delivery < 10; delivery++)
        {
            var session = _queue.Accept("one").ShouldNotBeNull();
            session.Receive(10);
            session.Release();
        }

        _queue.Accept("one").ShouldBeNull();
        _queue.PutAway.ShouldHaveSingleItem();
    }

    [Fact]
    public void Azurite_shows_later_messages_before_those_of_a_process_that_was_killed()
    {
        var queue = new BrokerQueue(QueueNames.ConversationEvents, QueueRules.AzuriteSessions, _timeline);
        queue.Send(Message("a"));
        queue.Accept("killed").ShouldNotBeNull().Receive(10).Count.ShouldBe(1);
        queue.Send(Message("b"));

        queue.Accept("next").ShouldNotBeNull().Receive(10).ShouldHaveSingleItem().Sent.MessageId.ShouldBe("b");

        Pass(BrokerQueue.LockTime);
        queue.Accept("next").ShouldNotBeNull().Receive(10).Select(message => message.Sent.MessageId).ShouldContain("a");
    }

    private static QueueMessage Message(string id) => new(id, "main", id);

    private void Pass(TimeSpan time)
    {
        var end = _timeline.Now + time.Ticks;
        while (_timeline.Step(end))
        {
        }
    }
}
