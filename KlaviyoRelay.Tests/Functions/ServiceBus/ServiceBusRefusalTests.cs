using KlaviyoRelay.Core.Queueing;

namespace KlaviyoRelay.Tests.Functions.ServiceBus;

public sealed class ServiceBusRefusalTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(200)]
    public async Task Refusal_says_how_many_messages_were_accepted_before_it(int accepted)
    {
        await using var bus = await LoopbackServiceBus.StartAsync();
        bus.Answers([.. Enumerable.Repeat(LoopbackAnswer.Status(201), accepted / 100), LoopbackAnswer.Status(403)]);

        var refusal = await Should.ThrowAsync<QueueUnavailableException>(bus.CreateQueue().SendAsync(
            QueueNames.DeadLetterRejected, [.. Enumerable.Range(0, 250).Select(number => new QueueMessage($"{number}", "main", "{}"))], TestContext.Current.CancellationToken));

        refusal.Accepted.ShouldBe(accepted);
    }
}
