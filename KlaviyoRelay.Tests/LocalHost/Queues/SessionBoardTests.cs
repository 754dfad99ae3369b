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
    public void Batch_that_is_put_back_is_the_next_one_of_its_session_once_it_is_complete()
    {
        Add("a", 3);
        var batch = _board.Take(Now).ShouldHaveSingleItem();

        _board.PutBack(batch);
        _board.Take(Now).ShouldBeEmpty();
        _board.Complete(batch);

        _board.Take(Now).ShouldHaveSingleItem().Messages.ShouldBe(batch.Messages);
        _board.All().Select(message => message.Id).ShouldBe(["a-0", "a-1", "a-2"]);
    }

    [Fact]
    public void Message_that_was_settled_meanwhile_is_not_put_back_to_work()
    {
        Add("a", 2);
        var batch = _board.Take(Now).ShouldHaveSingleItem();
        batch.Messages[0].IsSettled = true;

        _board.PutBack(batch);
        _board.Complete(batch);

        _board.Take(Now).ShouldHaveSingleItem().Messages.ShouldHaveSingleItem().Id.ShouldBe("a-1");
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
