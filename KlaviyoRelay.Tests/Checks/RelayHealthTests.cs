using KlaviyoRelay.Core.Checks;
using KlaviyoRelay.Core.Work;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;

namespace KlaviyoRelay.Tests.Checks;

public sealed class RelayHealthTests : IDisposable
{
    private readonly RelayFixture _relay = new();

    public void Dispose() => _relay.Dispose();

    [Fact]
    public async Task Relay_is_healthy_when_the_queue_answers()
    {
        var report = await _relay.Get<RelayHealth>().CheckAsync(TestContext.Current.CancellationToken);

        (report.Status, report.Queue).ShouldBe(("healthy", "reachable"));
    }

    [Fact]
    public async Task Relay_is_unhealthy_when_the_queue_cannot_be_reached()
    {
        _relay.Queue.Down.Add("*");

        var report = await _relay.Get<RelayHealth>().CheckAsync(TestContext.Current.CancellationToken);

        (report.Status, report.Queue).ShouldBe(("unhealthy", "unreachable"));
    }

    [Fact]
    public async Task Queue_is_asked_once_in_ten_seconds_however_many_ask()
    {
        var asked = 0;
        var queue = new Mock<IEventQueue>();
        queue.Setup(one => one.CheckAsync(It.IsAny<CancellationToken>())).Returns(() => ++asked == 1 ? Task.CompletedTask : Task.FromException(new QueueUnavailableException("It is away.")));
        var health = new RelayHealth(queue.Object, new InMemoryConversationStore(), _relay.Clock, NullLogger<RelayHealth>.Instance);

        var first = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => health.CheckAsync(TestContext.Current.CancellationToken)));
        _relay.Clock.Advance(TimeSpan.FromSeconds(9.9));
        (await health.CheckAsync(TestContext.Current.CancellationToken)).IsHealthy.ShouldBeTrue();
        asked.ShouldBe(1);
        _relay.Clock.Advance(TimeSpan.FromSeconds(0.1));

        (await health.CheckAsync(TestContext.Current.CancellationToken)).IsHealthy.ShouldBeFalse();
        first.ShouldAllBe(report => report.IsHealthy);
        asked.ShouldBe(2);
    }

    [Fact]
    public async Task Question_to_the_queue_goes_on_for_others_when_a_caller_leaves()
    {
        var answer = new TaskCompletionSource();
        var queue = new Mock<IEventQueue>();
        queue.Setup(one => one.CheckAsync(It.IsAny<CancellationToken>())).Returns(answer.Task);
        var health = new RelayHealth(queue.Object, new InMemoryConversationStore(), _relay.Clock, NullLogger<RelayHealth>.Instance);
        using var leaves = new CancellationTokenSource();

        var gone = health.CheckAsync(leaves.Token);
        var stays = health.CheckAsync(TestContext.Current.CancellationToken);
        await leaves.CancelAsync();
        answer.SetResult();

        await Should.ThrowAsync<OperationCanceledException>(gone);
        (await stays).IsHealthy.ShouldBeTrue();
    }

    [Fact]
    public async Task Relay_is_unhealthy_when_the_queue_does_not_answer_within_five_seconds()
    {
        var queue = new Mock<IEventQueue>();
        queue.Setup(one => one.CheckAsync(It.IsAny<CancellationToken>())).Returns((CancellationToken token) => Task.Delay(Timeout.Infinite, token));
        var health = new RelayHealth(queue.Object, new InMemoryConversationStore(), _relay.Clock, NullLogger<RelayHealth>.Instance);

        var check = health.CheckAsync(TestContext.Current.CancellationToken);
        _relay.Clock.Advance(TimeSpan.FromSeconds(5));

        (await check).IsHealthy.ShouldBeFalse();
    }
}
