using KlaviyoRelay.Core.Health;
using KlaviyoRelay.Core.Queueing;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;

namespace KlaviyoRelay.Tests.Health;

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
    public async Task Relay_is_unhealthy_when_the_queue_does_not_answer_within_five_seconds()
    {
        var queue = new Mock<IEventQueue>();
        queue.Setup(one => one.CheckAsync(It.IsAny<CancellationToken>())).Returns((CancellationToken token) => Task.Delay(Timeout.Infinite, token));
        var health = new RelayHealth(queue.Object, _relay.Clock, NullLogger<RelayHealth>.Instance);

        var check = health.CheckAsync(TestContext.Current.CancellationToken);
        _relay.Clock.Advance(TimeSpan.FromSeconds(5));

        (await check).IsHealthy.ShouldBeFalse();
    }
}
