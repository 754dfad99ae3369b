using System.Diagnostics;
using Amqp;
using Amqp.Framing;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Tests.Work;

namespace KlaviyoRelay.Tests.Functions.ServiceBus;

public sealed class ServiceBusQueueTests : EventQueueTests
{
    private static readonly TimeSpan HelpdesksPatience = TimeSpan.FromSeconds(10);

    private readonly LoopbackServiceBus _serviceBus = new();

    private protected override IEventQueue Queue => _serviceBus.CreateQueue();

    private protected override IReadOnlyList<QueueMessage> Accepted(string queue) =>
        [.. _serviceBus.Sent.Where(sent => sent.Queue == queue).Select(sent => new QueueMessage(sent.MessageId, sent.SessionId, sent.Body, sent.EnqueueAt))];

    private protected override void GoAway() => _serviceBus.Stop();

    public override ValueTask DisposeAsync() => _serviceBus.DisposeAsync();

    [Fact]
    public async Task Small_messages_share_a_transfer()
    {
        await Queue.SendAsync(QueueNames.ConversationEvents, Messages(100, "{}"), Cancellation);

        _serviceBus.Transfers.ShouldBe(1);
        _serviceBus.Sent.Count.ShouldBe(100);
    }

    [Fact]
    public async Task Message_that_is_too_large_for_company_goes_alone()
    {
        QueueMessage[] messages = [new("0", "main", "{}"), new("1", "main", new string('a', 250_000)), new("2", "main", new string('a', 20_000))];

        await Queue.SendAsync(QueueNames.ConversationEvents, messages, Cancellation);

        _serviceBus.Sent.Select(sent => (sent.MessageId, sent.Transfer)).ShouldBe([("0", 1), ("1", 1), ("2", 2)]);
    }

    [Fact]
    public async Task Message_that_is_too_large_for_the_queue_is_refused()
    {
        var exception = await Should.ThrowAsync<QueueUnavailableException>(Queue.SendAsync(QueueNames.ConversationEvents, Messages(1, new string('a', 300_000)), Cancellation));

        exception.Message.ShouldContain("larger");
        _serviceBus.Sent.ShouldBeEmpty();
    }

    [Fact]
    public async Task Send_fails_and_stops_when_a_later_transfer_is_refused()
    {
        _serviceBus.RefusesTransfer = transfer => transfer > 1 ? new Error("amqp:resource-limit-exceeded") { Description = "Full." } : null;

        var exception = await Should.ThrowAsync<QueueUnavailableException>(Queue.SendAsync(QueueNames.ConversationEvents, Messages(30, new string('a', 20_000)), Cancellation));

        exception.Message.ShouldContain("full");
        exception.Accepted.ShouldBe(_serviceBus.Sent.Count);
        exception.Accepted.ShouldBeGreaterThan(0);
        _serviceBus.Sent.Select(sent => sent.Transfer).Distinct().ShouldBe([1]);
        _serviceBus.Transfers.ShouldBe(2);
    }

    [Fact]
    public async Task Message_has_its_senders_traceparent_for_the_hosts_telemetry()
    {
        using var activity = new Activity("webhook").SetIdFormat(ActivityIdFormat.W3C).Start();

        await Queue.SendAsync(QueueNames.ConversationEvents, Messages(1, "{}"), Cancellation);

        _serviceBus.Sent.ShouldHaveSingleItem().DiagnosticId.ShouldBe(activity.Id);
    }

    [Fact]
    public async Task Message_has_no_traceparent_when_its_sender_is_not_traced()
    {
        await Queue.SendAsync(QueueNames.ConversationEvents, Messages(1, "{}"), Cancellation);

        _serviceBus.Sent.ShouldHaveSingleItem().DiagnosticId.ShouldBeNull();
    }

    // The clock is the library's own.
    [Fact]
    [Trait("Takes", "long")]
    public async Task Send_gives_up_before_a_helpdesk_does_when_nothing_answers()
    {
        await Queue.CheckAsync(Cancellation);
        _serviceBus.IsSilent = true;
        var watch = Stopwatch.StartNew();

        await Should.ThrowAsync<QueueUnavailableException>(Queue.SendAsync(QueueNames.ConversationEvents, Messages(1, "{}"), Cancellation));

        watch.Elapsed.ShouldBeLessThan(HelpdesksPatience);
        _serviceBus.Sent.ShouldBeEmpty();
    }

    [Fact]
    public async Task Send_gives_up_before_a_helpdesk_does_when_the_connection_is_refused()
    {
        await Queue.SendAsync(QueueNames.ConversationEvents, Messages(1, "{}"), Cancellation);
        GoAway();
        var watch = Stopwatch.StartNew();

        var exception = await Should.ThrowAsync<QueueUnavailableException>(Queue.SendAsync(QueueNames.ConversationEvents, Messages(1, "{}"), Cancellation));

        watch.Elapsed.ShouldBeLessThan(HelpdesksPatience);
        exception.Message.ShouldContain("ServiceBusConnection__fullyQualifiedNamespace");
    }

    [Fact]
    public async Task Check_opens_a_link_to_each_queue_every_time()
    {
        await Queue.CheckAsync(Cancellation);
        await Queue.CheckAsync(Cancellation);

        _serviceBus.Links.ShouldBe(2 * QueueNames.All.Count);
        _serviceBus.Transfers.ShouldBe(0);
    }

    [Theory]
    [InlineData(ErrorCode.UnauthorizedAccess, "Azure Service Bus Data Sender")]
    [InlineData(ErrorCode.NotFound, "create or enable it")]
    public async Task Check_says_which_queue_can_not_be_sent_to_and_why(string code, string advice)
    {
        _serviceBus.RefusesLink = queue => queue == QueueNames.DeadLetterRejected ? new Error(code) { Description = "Refused." } : null;

        var exception = await Should.ThrowAsync<QueueUnavailableException>(Queue.CheckAsync(Cancellation));

        exception.Message.ShouldContain(QueueNames.DeadLetterRejected);
        exception.Message.ShouldContain(advice);
    }

    private static QueueMessage[] Messages(int count, string body) => [.. Enumerable.Range(0, count).Select(number => new QueueMessage($"{number}", "main", body))];
}
