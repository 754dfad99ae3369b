using KlaviyoRelay.LocalHost.Azurite;
using KlaviyoRelay.LocalHost.Queues;

namespace KlaviyoRelay.Tests.LocalHost.Queues;

public sealed class SessionBoardTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 14, 0, 0, TimeSpan.Zero);

    private readonly SessionBoard _board = new(maxBatchSize: 2);

    [Fact]
    public void Session_has_one_batch_at_a_time_and_others_have_theirs_beside_it()
    {
        Add("a", 3);
        var first = _board.Take(Now).ShouldHaveSingleItem();
        Add("b", 1);

        var second = _board.Take(Now).ShouldHaveSingleItem();

        (first.Session, first.Messages.Count).ShouldBe(("a", 2));
        (second.Session, second.Messages.Count).ShouldBe(("b", 1));
        _board.Held.ShouldBe(4);
    }

    [Fact]
    public void What_waits_behind_a_failed_batch_can_be_taken_off_so_that_it_does_not_overtake_it()
    {
        Add("a", 3);
        Add("b", 1);
        var batch = _board.Take(Now).Single(one => one.Session == "a");

        _board.TakeWaiting("a").Count.ShouldBe(1);

        _board.Complete(batch);
        _board.Take(Now).ShouldBeEmpty();
        _board.TakeWaiting("a").ShouldBeEmpty();
    }

    [Fact]
    public void Message_is_not_taken_when_its_lock_is_over()
    {
        Add("a", 1);

        _board.Take(Now.AddMinutes(2)).ShouldBeEmpty();
    }

    private void Add(string session, int count)
    {
        for (var message = 0; message < count; message++)
        {
            _board.Add(new ReceivedMessage($"{session}-{message}", "receipt", "text", Now.AddMinutes(1)), session);
        }
    }
}
