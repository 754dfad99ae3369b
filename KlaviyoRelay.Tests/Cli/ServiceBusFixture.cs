using Amqp;
using Amqp.Framing;
using Amqp.Types;
using KlaviyoRelay.Core;
using KlaviyoRelay.Core.Conversations;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Tests.Functions.ServiceBus;

namespace KlaviyoRelay.Tests.Cli;

/// <summary>Letters on Service Bus, and commands about them with <c>--namespace</c>.</summary>
internal sealed class ServiceBusFixture : LetterFixture
{
    public ServiceBusFixture() => ServiceBus = new LoopbackServiceBus(Clock);

    public LoopbackServiceBus ServiceBus { get; }

    public override IEventQueue Queue => ServiceBus.CreateQueue();

    public override IReadOnlyList<QueueMessage> Events =>
        [.. ServiceBus.Sent.Where(sent => sent.Queue == QueueNames.ConversationEvents).Select(sent => new QueueMessage(sent.MessageId, sent.SessionId, sent.Body))];

    public override IReadOnlyList<string> Released => [.. Events.Select(sent => RelayWork.Reader.Read(sent.Body)?.Event.Id ?? "")];

    public override bool RefusesDeletes
    {
        set => ServiceBus.RefusesSettlement = () => value ? new Amqp.Framing.Error(Amqp.ErrorCode.UnauthorizedAccess) { Description = "No longer." } : null;
    }

    public override int Receivable(string queue) => ServiceBus.Of(queue).Receivable;

    public override void GoAway() => ServiceBus.Stop();

    public override Task<CliResult> RunUntilAsync(string[] args, CancellationToken cancellation) => CliRun.RunAsync(
        () => throw new InvalidOperationException("Queue storage should not be read."),
        Clock,
        ["dead-letters", .. args, "--namespace", "127.0.0.1"],
        Confirm,
        cancellation,
        TestSettings.Of(new Dictionary<string, string?> { [QueueNames.Connection] = ServiceBus.ConnectionString }));

    /// <summary>An event that Service Bus has put away.</summary>
    public async Task PutAwayEventAsync(string id, string connection = "gladly", string account = "main", string reason = "MaxDeliveryCountExceeded", params string[] emails)
    {
        var message = Letter(id, DeadLetterReason.Invalid, connection, account, emails).Message with { Attempts = 0, FirstFailureAt = null };
        await Queue.SendAsync(QueueNames.ConversationEvents, [MessageWriter.ToQueueMessage(message)], CancellationToken.None);
        ServiceBus.PutAway(QueueNames.ConversationEvents, reason, "Put away because of ann@example.com.");
    }

    /// <summary>A letter that Service Bus has put away.</summary>
    public async Task PutAwayLetterAsync(string id)
    {
        await RejectAsync(id);
        ServiceBus.PutAway(QueueNames.DeadLetterRejected, "MaxDeliveryCountExceeded", "Delivered too often.");
    }

    /// <summary>Something that the relay can't read, and that Service Bus has put away.</summary>
    public void PutAwayGarbage(string queue, string? messageId, RestrictedDescribed body)
    {
        Clock.Now += TimeSpan.FromSeconds(1);
        ServiceBus.Of(queue).Add(new Message { Properties = new Properties { MessageId = messageId, GroupId = "main" }, BodySection = body });
        ServiceBus.PutAway(queue, "MaxDeliveryCountExceeded", "Delivered too often.");
    }

    /// <summary>What Service Bus has put away of a queue.</summary>
    public LoopbackQueue PutAway(string queue) => ServiceBus.Of($"{queue}/$DeadLetterQueue");

    public override ValueTask DisposeAsync() => ServiceBus.DisposeAsync();
}
