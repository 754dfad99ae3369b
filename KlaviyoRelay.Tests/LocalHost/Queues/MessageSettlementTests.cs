using KlaviyoRelay.LocalHost.Queues;
using KlaviyoRelay.Tests.Cli;
using Microsoft.Extensions.Logging.Abstractions;

namespace KlaviyoRelay.Tests.LocalHost.Queues;

public sealed class MessageSettlementTests
{
    private const string Queue = "some-queue";

    private readonly CliFixture _fixture = new();
    private readonly MessageSettlement _settlement;

    public MessageSettlementTests() => _settlement = new MessageSettlement(_fixture.Client, Queue, $"{Queue}-poison", NullLogger.Instance);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Message_is_no_poison_when_it_was_received_often_and_failed_once()
    {
        await _fixture.Client.PutAsync(Queue, "message", TimeSpan.Zero, Cancellation);
        for (var time = 0; time < 15; time++)
        {
            await _settlement.ReleaseAsync(await _fixture.Client.GetAsync(Queue, TimeSpan.FromSeconds(30), Cancellation));
        }

        await FailAsync();

        _fixture.Storage.Of(Queue).Count.ShouldBe(1);
        _fixture.Storage.Of(_settlement.PoisonQueue).ShouldBeEmpty();
    }

    [Fact]
    public async Task Message_is_poison_when_it_has_failed_ten_times()
    {
        await _fixture.Client.PutAsync(Queue, "message", TimeSpan.Zero, Cancellation);
        for (var time = 0; time < MessageSettlement.MaxFailures; time++)
        {
            _fixture.Storage.Of(Queue).Count.ShouldBe(1);
            await FailAsync();
        }

        _fixture.Storage.Of(Queue).ShouldBeEmpty();
        _fixture.Storage.Of(_settlement.PoisonQueue).ShouldHaveSingleItem().Text.ShouldBe("message");
    }

    private async Task FailAsync()
    {
        await _settlement.AbandonAsync(await _fixture.Client.GetAsync(Queue, TimeSpan.FromSeconds(30), Cancellation));
        _fixture.Clock.Now += TimeSpan.FromSeconds(2);
    }
}
