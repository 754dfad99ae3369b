using Azure.Core.Pipeline;
using Azure.Storage.Queues;
using KlaviyoRelay.Core;
using KlaviyoRelay.Core.Conversations;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.LocalHost.Azurite;
using Microsoft.Extensions.Logging.Abstractions;

namespace KlaviyoRelay.Tests.Cli;

/// <summary>Letters on queues in memory, and commands about them.</summary>
internal sealed class CliFixture : LetterFixture
{
    public CliFixture()
    {
        Storage = new FakeQueueStorage(Clock);
        // No second tries: a test counts the requests.
        var options = new QueueClientOptions { Transport = new HttpClientTransport(new HttpClient(Storage)), Retry = { MaxRetries = 0 } };
        Client = new AzuriteQueueClient(new QueueServiceClient("UseDevelopmentStorage=true", options), Clock);
        Queue = new AzuriteQueue(Client, new HeldIndex(Client, NullLogger<HeldIndex>.Instance), new QueueSignals(Clock), Clock);
    }

    public FakeQueueStorage Storage { get; }

    public AzuriteQueueClient Client { get; }

    public override IEventQueue Queue { get; }

    public override IReadOnlyList<QueueMessage> Events => [.. Storage.Of(QueueNames.ConversationEvents)
        .Select(message => QueueEnvelope.Decode(message.Text))
        .Select(envelope => new QueueMessage(envelope.MessageId, envelope.SessionId, envelope.Body))];

    public override IReadOnlyList<string> Released => [.. Storage.Of(QueueNames.DeadLetterThrottled)
        .Where(message => message.VisibleAt <= Clock.Now)
        .Select(message => RelayWork.Reader.ReadLetter(QueueEnvelope.Decode(message.Text).Body)?.Event.Id ?? "")];

    public override bool RefusesDeletes
    {
        set => Storage.Fails = request => value && request.Method == HttpMethod.Delete;
    }

    public override int Receivable(string queue) => Storage.Of(queue).Count(message => message.VisibleAt <= Clock.Now);

    public override void GoAway() => Storage.Fails = _ => true;

    public override Task<CliResult> RunUntilAsync(string[] args, CancellationToken cancellation) =>
        CliRun.RunAsync(() => Client, Clock, ["dead-letters", .. args], Confirm, cancellation);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
