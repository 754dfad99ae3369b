using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Tests.Functions.ServiceBus;

namespace KlaviyoRelay.Tests.LocalHost.Cli;

/// <summary>Letters on Service Bus, and commands about them with <c>--namespace</c>.</summary>
internal sealed class ServiceBusFixture : LetterFixture
{
    public ServiceBusFixture() => ServiceBus = new LoopbackServiceBus(Clock);

    public LoopbackServiceBus ServiceBus { get; }

    public override IEventQueue Queue => ServiceBus.CreateQueue();

    public override IReadOnlyList<QueueMessage> Events =>
        [.. ServiceBus.Sent.Where(sent => sent.Queue == QueueNames.ConversationEvents).Select(sent => new QueueMessage(sent.MessageId, sent.SessionId, sent.Body))];

    public override IReadOnlyList<string> Released => [.. Events.Select(sent => RelayMessageSerializer.Read(sent.Body)?.Event.Id ?? "")];

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

    public override ValueTask DisposeAsync() => ServiceBus.DisposeAsync();
}
