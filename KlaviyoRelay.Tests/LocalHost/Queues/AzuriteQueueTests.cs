using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Tests.LocalHost.Cli;

namespace KlaviyoRelay.Tests.LocalHost.Queues;

public sealed class AzuriteQueueTests
{
    private const string Queue = "some-queue";

    private readonly CliFixture _fixture = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Refusal_says_how_many_messages_were_accepted_before_it(int accepted)
    {
        await _fixture.Client.CreateAsync(Queue, Cancellation);
        var puts = 0;
        _fixture.Storage.Fails = request => request.Method == HttpMethod.Post && ++puts > accepted;

        var refusal = await Should.ThrowAsync<QueueUnavailableException>(
            _fixture.Queue.SendAsync(Queue, [.. Enumerable.Range(0, 4).Select(number => new QueueMessage($"{number}", "main", "{}"))], Cancellation));

        refusal.Accepted.ShouldBe(accepted);
        _fixture.Storage.Of(Queue).Count.ShouldBe(accepted);
    }
}
