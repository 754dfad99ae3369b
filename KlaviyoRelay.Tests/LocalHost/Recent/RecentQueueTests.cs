using System.Globalization;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.LocalHost.Recent;

namespace KlaviyoRelay.Tests.LocalHost.Recent;

public sealed class RecentQueueTests
{
    private readonly InMemoryQueue _inner = new();
    private readonly RecentQueue _queue;

    public RecentQueueTests() => _queue = new RecentQueue(_inner);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Event_is_found_by_the_beginning_of_its_id_and_is_in_the_queue()
    {
        await _queue.SendAsync(QueueNames.ConversationEvents, [new QueueMessage("3f2c01", "main", "{}"), new QueueMessage("b55002", "main", "{}")], Cancellation);

        _queue.Find("3f2c").Select(message => message.MessageId).ShouldBe(["3f2c01"]);
        _queue.Find("c").ShouldBeEmpty();
        _inner.Fresh.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Event_that_the_queue_did_not_take_is_not_remembered()
    {
        _inner.Down.Add("*");

        await Should.ThrowAsync<QueueUnavailableException>(() => _queue.SendAsync(QueueNames.ConversationEvents, [new QueueMessage("3f2c01", "main", "{}")], Cancellation));

        _queue.Find("3f2c").ShouldBeEmpty();
    }

    [Fact]
    public async Task Letter_is_not_remembered()
    {
        await _queue.SendAsync(QueueNames.DeadLetterThrottled, [new QueueMessage("3f2c01", "main", "{}")], Cancellation);

        _queue.Find("3f2c").ShouldBeEmpty();
    }

    [Fact]
    public async Task Oldest_is_forgotten_when_there_are_too_many()
    {
        foreach (var number in Enumerable.Range(0, RecentQueue.MaxMessages + 1))
        {
            await _queue.SendAsync(QueueNames.ConversationEvents, [new QueueMessage(number.ToString("D5", CultureInfo.InvariantCulture), "main", "{}")], Cancellation);
        }

        _queue.Find("00000").ShouldBeEmpty();
        _queue.Find("00001").Count.ShouldBe(1);
    }
}
