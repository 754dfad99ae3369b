using KlaviyoRelay.LocalHost.Azurite;
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
            await _settlement.ReleaseAsync(await ReceiveAsync());
        }

        await _settlement.CountFailureAsync(await ReceiveAsync());

        _fixture.Storage.Of(Queue).Count.ShouldBe(1);
        _fixture.Storage.Of(_settlement.PoisonQueue).ShouldBeEmpty();
    }

    [Fact]
    public async Task Message_is_poison_when_it_has_failed_ten_times()
    {
        await _fixture.Client.PutAsync(Queue, "message", TimeSpan.Zero, Cancellation);
        var received = await ReceiveAsync();
        for (var time = 0; time < MessageSettlement.MaxFailures; time++)
        {
            _fixture.Storage.Of(Queue).Count.ShouldBe(1);
            await _settlement.CountFailureAsync(received);
        }

        _fixture.Storage.Of(Queue).ShouldBeEmpty();
        _fixture.Storage.Of(_settlement.PoisonQueue).ShouldHaveSingleItem().Text.ShouldBe("message");
    }

    [Fact]
    public async Task Messages_that_are_given_back_keep_their_order()
    {
        string[] texts = [.. Enumerable.Range(0, 32).Select(number => $"message {number}")];
        foreach (var text in texts)
        {
            await _fixture.Client.PutAsync(Queue, text, TimeSpan.Zero, Cancellation);
        }

        var received = await ReceiveAsync();
        await _settlement.RenewAsync(received, TimeSpan.FromSeconds(30));
        _fixture.Storage.Of(Queue).Select(message => message.Text).ShouldBe(texts);

        await _settlement.ReleaseAsync(received);
        (await ReceiveAsync()).Select(message => message.Text).ShouldBe(texts);
    }

    private Task<IReadOnlyList<ReceivedMessage>> ReceiveAsync() => _fixture.Client.GetAsync(Queue, TimeSpan.FromSeconds(30), Cancellation);
}
