using System.Diagnostics;
using Azure.Identity;
using KlaviyoRelay.Core.Queueing;
using KlaviyoRelay.Functions.ServiceBus;
using Microsoft.AspNetCore.Http;

namespace KlaviyoRelay.Tests.Functions.ServiceBus;

public sealed class ServiceBusOutageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Queue_is_unavailable_when_the_connection_is_refused()
    {
        await using var serviceBus = await LoopbackServiceBus.StartAsync();
        await serviceBus.StopAsync();

        var exception = await Should.ThrowAsync<QueueUnavailableException>(SendAsync(serviceBus.CreateQueue(), Cancellation));

        exception.Message.ShouldContain(QueueNames.ConversationEvents);
        exception.Message.ShouldContain("ServiceBusConnection__fullyQualifiedNamespace");
        exception.ToString().ShouldNotContain("somebody");
    }

    [Fact]
    public async Task Queue_is_unavailable_when_every_connection_drops()
    {
        await using var serviceBus = await LoopbackServiceBus.StartAsync();
        serviceBus.Answers(LoopbackAnswer.Drop, LoopbackAnswer.Drop, LoopbackAnswer.Drop, LoopbackAnswer.Drop, LoopbackAnswer.Drop);

        await Should.ThrowAsync<QueueUnavailableException>(SendAsync(serviceBus.CreateQueue(), Cancellation));
    }

    [Fact]
    public async Task Queue_is_unavailable_when_every_answer_breaks_off()
    {
        await using var serviceBus = await LoopbackServiceBus.StartAsync();
        serviceBus.Answers([.. Enumerable.Repeat<RequestDelegate>(LoopbackAnswer.DropHalfway, 5)]);

        await Should.ThrowAsync<QueueUnavailableException>(SendAsync(serviceBus.CreateQueue(), Cancellation));
    }

    [Fact]
    public async Task Queue_is_unavailable_within_its_tries_when_it_never_answers()
    {
        await using var serviceBus = await LoopbackServiceBus.StartAsync();
        serviceBus.Answers([.. Enumerable.Repeat(LoopbackAnswer.Silence(), 5)]);
        var queue = serviceBus.CreateQueue(retry => retry.NetworkTimeout = TimeSpan.FromMilliseconds(300));
        var watch = Stopwatch.StartNew();

        await Should.ThrowAsync<QueueUnavailableException>(SendAsync(queue, Cancellation));

        // Three tries of 0.3 s, and room for a busy machine.
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Queue_is_unavailable_when_the_sign_in_fails()
    {
        await using var serviceBus = await LoopbackServiceBus.StartAsync();
        var credential = new CountingCredential(new AuthenticationFailedException("The identity was not found."));

        var exception = await Should.ThrowAsync<QueueUnavailableException>(SendAsync(serviceBus.CreateQueue(credential: credential), Cancellation));

        exception.Message.ShouldContain(QueueNames.ConversationEvents);
        exception.Message.ShouldContain("AZURE_CLIENT_ID");
        serviceBus.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Queue_is_unavailable_when_there_is_no_identity()
    {
        await using var serviceBus = await LoopbackServiceBus.StartAsync();
        var credential = new CountingCredential(new CredentialUnavailableException("No managed identity endpoint."));

        var exception = await Should.ThrowAsync<QueueUnavailableException>(SendAsync(serviceBus.CreateQueue(credential: credential), Cancellation));

        exception.Message.ShouldContain("AZURE_CLIENT_ID");
        serviceBus.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Send_is_cancelled_before_it_starts_when_the_token_is_cancelled()
    {
        await using var serviceBus = await LoopbackServiceBus.StartAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SendAsync(serviceBus.CreateQueue(), new CancellationToken(canceled: true)));

        serviceBus.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Send_is_cancelled_while_it_waits_for_an_answer()
    {
        using var cancellation = new CancellationTokenSource();
        await using var serviceBus = await LoopbackServiceBus.StartAsync();
        serviceBus.Answers(LoopbackAnswer.Silence(cancellation.Cancel));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SendAsync(serviceBus.CreateQueue(), cancellation.Token));

        serviceBus.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Send_is_cancelled_while_it_tries_again_after_a_drop()
    {
        using var cancellation = new CancellationTokenSource();
        await using var serviceBus = await LoopbackServiceBus.StartAsync();
        serviceBus.Answers(LoopbackAnswer.Drop, LoopbackAnswer.Silence(cancellation.Cancel));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SendAsync(serviceBus.CreateQueue(), cancellation.Token));
    }

    private static Task SendAsync(ServiceBusRestQueue queue, CancellationToken cancellationToken) =>
        queue.SendAsync(QueueNames.ConversationEvents, [new QueueMessage("1", "main", """{"customer":"somebody"}""")], cancellationToken);
}
