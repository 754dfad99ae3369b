using Azure.Identity;
using KlaviyoRelay.Core.Queueing;

namespace KlaviyoRelay.Tests.Functions.ServiceBus;

public sealed class ServiceBusCheckTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(200)]
    [InlineData(401)]
    [InlineData(404)]
    public async Task Check_passes_when_service_bus_answers(int status)
    {
        await using var serviceBus = await LoopbackServiceBus.StartAsync();
        serviceBus.Answers(LoopbackAnswer.Status(status));

        await serviceBus.CreateQueue().CheckAsync(Cancellation);

        var request = serviceBus.Requests.ShouldHaveSingleItem();
        request.Method.ShouldBe("GET");
        request.Target.ShouldBe("/");
        request.Body.ShouldBeEmpty();
        request.Headers["Authorization"].ShouldBe($"Bearer {CountingCredential.Token}");
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Check_fails_when_service_bus_does_not_work(int status)
    {
        await using var serviceBus = await LoopbackServiceBus.StartAsync();
        serviceBus.Answers([.. Enumerable.Repeat(LoopbackAnswer.Status(status), 3)]);

        await Should.ThrowAsync<QueueUnavailableException>(serviceBus.CreateQueue().CheckAsync(Cancellation));
    }

    [Fact]
    public async Task Check_fails_when_the_connection_is_refused()
    {
        await using var serviceBus = await LoopbackServiceBus.StartAsync();
        await serviceBus.StopAsync();

        await Should.ThrowAsync<QueueUnavailableException>(serviceBus.CreateQueue().CheckAsync(Cancellation));
    }

    [Fact]
    public async Task Check_fails_when_the_sign_in_fails()
    {
        await using var serviceBus = await LoopbackServiceBus.StartAsync();
        var credential = new CountingCredential(new CredentialUnavailableException("No managed identity endpoint."));

        await Should.ThrowAsync<QueueUnavailableException>(serviceBus.CreateQueue(credential: credential).CheckAsync(Cancellation));
    }

    [Fact]
    public async Task Check_is_cancelled_while_it_tries_again_after_a_drop()
    {
        using var cancellation = new CancellationTokenSource();
        await using var serviceBus = await LoopbackServiceBus.StartAsync();
        serviceBus.Answers(LoopbackAnswer.Drop, LoopbackAnswer.Silence(cancellation.Cancel));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => serviceBus.CreateQueue().CheckAsync(cancellation.Token));
    }
}
